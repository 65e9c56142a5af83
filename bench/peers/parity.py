"""lightly in the parity bench: its transforms, its losses and its projection head, in PyTorch.

Everything else (optimiser, schedule, clipping, batches, network, first weights) is as in the recipe
that it is given.
"""

from conversation import need, serve

versions = need("torch", "torchvision", "lightly", "numpy", "pillow:PIL")

import math
import os
import time

import numpy
import torch
from lightly.loss import NTXentLoss, VICRegLoss
from lightly.models.modules.heads import ProjectionHead
from lightly_views import transform_of
from PIL import Image
from res import Res
from weights import load_in_order

THREADS = int(os.environ.get("TANAFUDA_BENCH_THREADS", "1"))
DEVICE = os.environ.get("TANAFUDA_BENCH_DEVICE", "cpu")
torch.set_num_threads(THREADS)
torch.backends.cudnn.allow_tf32 = False
SIDE, LABELS = 32, 2


def train(recipe, seed, folder, data):
    torch.manual_seed(seed)
    started = time.perf_counter()
    network, loss_of = build(recipe, folder)
    rate_at = schedule(**recipe["schedule"])
    optimiser = sgd(network, recipe)
    pictures = read_pictures(f"{data}/train.bin", recipe["pictures"])
    mean, std = (recipe["views"]["normalize"][k] for k in ("mean", "deviation"))
    normalize = {"mean": mean, "std": std}
    transform = transform_of(recipe["method"]["name"], recipe["views"], normalize)
    loader = torch.utils.data.DataLoader(
        Views(pictures, transform),
        batch_size=recipe["batch"],
        shuffle=True,
        drop_last=True,
        num_workers=max(1, THREADS - 1),
        persistent_workers=True,
        prefetch_factor=4,
        generator=torch.Generator().manual_seed(seed),
    )
    network.train()
    step = 0
    for _ in range(recipe["epochs"]):
        for first, second in loader:
            for group in optimiser.param_groups:
                group["lr"] = rate_at(step)
            views = torch.cat([first, second]).to(DEVICE)
            views = views.contiguous(memory_format=torch.channels_last)
            z = network(views)
            loss = loss_of(*z.split(recipe["batch"]))
            optimiser.zero_grad()
            loss.backward()
            if recipe["clip"] is not None:
                torch.nn.utils.clip_grad_norm_(network.parameters(), recipe["clip"])
            optimiser.step()
            step += 1
        print(f"epoch loss {loss.item():.4f}", flush=True)
    seconds = time.perf_counter() - started
    for part, wanted in (("train", recipe["pictures"]), ("test", None)):
        shown = read_pictures(f"{data}/{part}.bin", wanted)
        numpy.save(f"{folder}/{part}.npy", embed(network[0], shown, recipe["views"]["normalize"]))
    return {"seconds": seconds}


def first_loss(recipe, folder):
    """Of the views that the other side drew, at the same weights."""
    network, loss_of = build(recipe, folder)
    views = torch.from_numpy(numpy.load(f"{folder}/views.npy"))
    with torch.no_grad():
        z = network.train()(views.to(DEVICE))
        return {"loss": loss_of(*z.split(recipe["batch"])).item()}


def build(recipe, folder):
    width, sizes = recipe["width"], recipe["projector"]
    simclr = recipe["method"]["name"] == "simclr"
    _, blocks, _ = recipe["backbone"].split("-")
    layers = []
    for i, (before, to) in enumerate(zip([width, *sizes], sizes)):
        last = i == len(sizes) - 1
        norm = None if last else torch.nn.BatchNorm1d(to)
        layers.append((before, to, norm, None if last else torch.nn.ReLU(), last and simclr))
    network = torch.nn.Sequential(Res(int(blocks), width), ProjectionHead(layers))
    load_in_order(network, f"{folder}/start.safetensors")
    network = network.to(DEVICE, memory_format=torch.channels_last)
    constants = recipe["method"]["settings"]
    if simclr:
        return network, NTXentLoss(temperature=constants["temperature"])
    return network, VICRegLoss(
        lambda_param=constants["invariance"],
        mu_param=constants["variance"],
        nu_param=constants["covariance"],
    )


def sgd(network, recipe):
    constants = recipe["optimiser"]["settings"]
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim == 1]
    return torch.optim.SGD(
        [
            {"params": decayed, "weight_decay": constants["weightDecay"]},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=recipe["schedule"]["peak"],
        momentum=constants["momentum"],
    )


def schedule(steps, warmUp, peak, last):
    def rate(step):
        if step < warmUp:
            return peak * (step + 1) / (warmUp + 1)
        progress = min(1, (step - warmUp) / max(1, steps - 1 - warmUp))
        return last + (peak - last) * (1 + math.cos(math.pi * progress)) / 2

    return rate


class Views(torch.utils.data.Dataset):
    def __init__(self, pictures, transform):
        self.pictures, self.transform = pictures, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, i):
        first, second = self.transform(Image.fromarray(self.pictures[i]))
        return first, second


def read_pictures(path, count):
    records = numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, LABELS + 3 * SIDE * SIDE)
    planes = records[:count, LABELS:].reshape(-1, 3, SIDE, SIDE)
    return numpy.ascontiguousarray(planes.transpose(0, 2, 3, 1))


def embed(encoder, pictures, normalize):
    encoder.eval()
    mean, std = (
        torch.tensor(normalize[k], device=DEVICE).view(3, 1, 1) for k in ("mean", "deviation")
    )
    rows = []
    with torch.inference_mode():
        for batch in torch.from_numpy(pictures).split(256):
            x = (batch.to(DEVICE).permute(0, 3, 1, 2).float() / 255 - mean) / std
            rows.append(encoder(x.contiguous(memory_format=torch.channels_last)).cpu())
    return torch.cat(rows).numpy()


serve(versions, {"train": train, "first_loss": first_loss})
