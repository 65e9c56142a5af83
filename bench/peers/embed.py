"""PyTorch in the embed bench: a ResNet-18 that is done with learning, in one of its modes.

Inputs lie in plain order, as they come from elsewhere; what a mode does to them is part of it.
"""

from conversation import need, serve

versions = need("torch", "numpy")

import contextlib
import time

import numpy
import torch
from networks import backbone
from weights import load_evaluated

opened = {}


def prepare(network, folder, batch, threads, compiled, channels_last, bf16, frozen):
    torch.set_num_threads(threads)
    torch._dynamo.reset()
    model, _ = backbone(network)
    load_evaluated(model, f"{folder}/weights.safetensors")
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = model.eval().requires_grad_(False).to(memory_format=layout)
    pictures = torch.from_numpy(numpy.load(f"{folder}/pictures.npy")[:batch])
    precision = torch.autocast("cpu", torch.bfloat16) if bf16 else contextlib.nullcontext()
    with torch.inference_mode(), precision:
        if frozen:
            traced = torch.jit.trace(model, pictures.contiguous(memory_format=layout))
            model = torch.jit.optimize_for_inference(torch.jit.freeze(traced))
        if compiled:
            torch._inductor.config.freezing = True
            model = torch.compile(model)

    def embed():
        with torch.inference_mode(), precision:
            return model(pictures.contiguous(memory_format=layout))

    opened["embed"] = embed
    for _ in range(3):
        features = embed()
    numpy.save(f"{folder}/peer.npy", features.float().numpy())
    return {}


def run(repeat):
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        opened["embed"]()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}


serve(versions, {"prepare": prepare, "run": run})
