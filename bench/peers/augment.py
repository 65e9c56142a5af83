"""Two SimCLR views of each picture, by lightly's transform on PIL images or torchvision v2 on tensors."""

from conversation import need, serve

versions = need("torch", "torchvision", "lightly", "numpy", "pillow:PIL")

import time

import numpy
import torch
from lightly.transforms import SimCLRTransform
from PIL import Image
from torchvision.transforms import v2

torch.set_num_threads(1)
torch.manual_seed(7)
opened = {}
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def tensors(size):
    """The recipe of lightly's SimCLRTransform at strength .5, on tensors from end to end."""
    stages = [
        v2.RandomResizedCrop(size, scale=(0.08, 1.0), antialias=True),
        v2.RandomHorizontalFlip(),
        v2.RandomApply([v2.ColorJitter(0.4, 0.4, 0.4, 0.1)], p=0.8),
        v2.RandomGrayscale(0.2),
    ]
    if size > 64:
        stages.append(v2.RandomApply([v2.GaussianBlur(9, (0.1, 2.0))], p=0.5))
    stages += [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, DEVIATION)]
    one = v2.Compose(stages)
    return lambda picture: (one(picture), one(picture))


def prepare(file, side, size, by):
    pixels = numpy.fromfile(file, dtype=numpy.uint8).reshape(-1, side, side, 3)
    if by == "lightly":
        blur = 0.5 if size > 64 else 0.0
        opened["views"] = SimCLRTransform(input_size=size, cj_strength=0.5, gaussian_blur=blur)
        opened["pictures"] = [Image.fromarray(picture) for picture in pixels]
    else:
        opened["views"] = tensors(size)
        planes = pixels.transpose(0, 3, 1, 2).copy()
        opened["pictures"] = list(torch.from_numpy(planes))
    return {"pictures": len(pixels)}


def look(size):
    views = torch.stack([view for picture in opened["pictures"] for view in opened["views"](picture)])
    steps = (views[..., 1:] - views[..., :-1]).abs().mean()
    return {"mean": views.mean().item(), "deviation": views.std().item(), "detail": steps.item()}


def views(size, repeat):
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        for picture in opened["pictures"]:
            opened["views"](picture)
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}


serve(versions, {"prepare": prepare, "look": look, "views": views})
