"""Weights that were written here, into a PyTorch module whose parameters come in the same order."""

import json
import struct

import numpy
import torch


def read_safetensors(path):
    """The tensors of a safetensors file, by name, in the order of their names. float32 only."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name in sorted(header):
        start, end = header[name]["data_offsets"]
        values = numpy.frombuffer(data[start:end], dtype="<f4").reshape(header[name]["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def load_in_order(module, path):
    """Copies by order. A linear layer's weight lies [in, out] in the file and [out, in] here."""
    tensors = read_safetensors(path)
    linear = {layer.weight for layer in module.modules() if isinstance(layer, torch.nn.Linear)}
    parameters = list(module.parameters())
    if len(parameters) != len(tensors):
        raise ValueError(f"{len(tensors)} tensors in {path}, {len(parameters)} parameters here")
    with torch.no_grad():
        for parameter, (name, values) in zip(parameters, tensors.items()):
            values = values.t() if parameter in linear else values
            if values.shape != parameter.shape:
                raise ValueError(f"{name}: {tuple(values.shape)}, here {tuple(parameter.shape)}")
            parameter.copy_(values)
