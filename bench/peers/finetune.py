"""PyTorch in the fine-tune bench: the same recipe, literally, on the same views in the same order."""

from conversation import need, serve

versions = need("numpy", "torch")

import time
from pathlib import Path

import numpy as np
import torch
from networks import backbone
from weights import load_evaluated

data = {}


def prepare(folder, network, threads):
    torch.set_num_threads(threads)
    data.update(folder=Path(folder), network=network)
    for name in ("views", "targets", "rates", "means", "scale", "head", "bias", "test"):
        data[name] = torch.from_numpy(np.load(Path(folder) / f"{name}.npy"))
    data["codes"] = np.load(Path(folder) / "test-codes.npy")
    return {}


def scores(model, head, bias, pictures):
    framed = (model(pictures) - data["means"]) * data["scale"]
    return framed @ head + bias


def tune(scope):
    model, _ = backbone(data["network"])
    load_evaluated(model, data["folder"] / "weights.safetensors")
    # Batch norm keeps the running statistics that it has.
    model.eval()
    moving = model
    if scope == "last":
        blocks = [layer for layer in model if type(layer).__name__ == "Block"]
        moving = blocks[-1]
    model.requires_grad_(False)
    moving.requires_grad_(True)
    head = torch.nn.Parameter(data["head"].clone())
    bias = torch.nn.Parameter(data["bias"].clone())
    parameters = list(moving.parameters())
    decayed = [p for p in parameters if p.ndim > 1] + [head]
    others = [p for p in parameters if p.ndim == 1] + [bias]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    )
    losses = []
    start = time.perf_counter()
    for views, targets, rate in zip(data["views"], data["targets"], data["rates"]):
        for group in optimiser.param_groups:
            group["lr"] = float(rate)
        logits = scores(model, head, bias, views)
        loss = -(torch.log_softmax(logits, 1) * targets).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    seconds = time.perf_counter() - start
    with torch.no_grad():
        found = torch.cat([scores(model, head, bias, part) for part in data["test"].split(256)])
    np.save(data["folder"] / f"torch-{scope}.npy", found.numpy().astype("<f4"))
    right = found.argmax(1).numpy() == data["codes"]
    return {"seconds": seconds, "losses": losses, "accuracy": float(right.mean())}


serve(versions, {"prepare": prepare, "tune": tune})
