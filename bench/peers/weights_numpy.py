"""The tensors of a safetensors file, by name, in the order of their names. float32 only."""

import json
import struct

import numpy


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name in sorted(header):
        start, end = header[name]["data_offsets"]
        values = numpy.frombuffer(data[start:end], dtype="<f4").reshape(header[name]["shape"])
        tensors[name] = values.copy()
    return tensors
