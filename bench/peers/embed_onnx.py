"""ONNX Runtime and OpenVINO in the embed bench, on one ONNX model of the network.

It is written from the same weights; both libraries fold and fuse it as they like.
"""

from conversation import need, serve

versions = need("onnxruntime", "openvino", "onnx", "numpy")

import os
import time

import numpy
from resnet18_onnx import resnet18
from weights_numpy import read_safetensors

opened = {}


def prepare(network, folder, batch, threads, library, precision):
    if network != "resnet-18":
        raise ValueError(f"no ONNX model of {network}")
    path = f"{folder}/model.onnx"
    if not os.path.exists(path):
        resnet18(read_safetensors(f"{folder}/weights.safetensors"), path)
    pictures = numpy.load(f"{folder}/pictures.npy")[:batch]
    opened["embed"] = embed = libraries[library](path, pictures, threads, precision)
    for _ in range(3):
        features = embed()
    numpy.save(f"{folder}/peer.npy", features)
    return {}


def with_onnxruntime(path, pictures, threads, precision):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"pictures": pictures})[0]


def with_openvino(path, pictures, threads, precision):
    import openvino

    core = openvino.Core()
    model = core.read_model(path)
    model.reshape({"pictures": list(pictures.shape)})
    hints = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": precision,
    }
    compiled = core.compile_model(model, "CPU", hints)
    request = compiled.create_infer_request()
    return lambda: request.infer({"pictures": pictures})[0]


libraries = {"onnxruntime": with_onnxruntime, "openvino": with_openvino}


def run(repeat):
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        opened["embed"]()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}


serve(versions, {"prepare": prepare, "run": run})
