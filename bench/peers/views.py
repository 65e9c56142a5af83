"""How views differ from torchvision's and lightly's: operation by operation, and as distributions."""

from conversation import need, serve

versions = need("torch", "torchvision", "lightly", "numpy", "pillow:PIL")

import numpy
import torch
import torchvision.transforms.functional as functional
from lightly_views import transform_of
from PIL import Image

torch.set_num_threads(1)
OPERATIONS = {
    "brightness": functional.adjust_brightness,
    "contrast": functional.adjust_contrast,
    "saturation": functional.adjust_saturation,
    "hue": functional.adjust_hue,
}
LUMA = numpy.array([0.299, 0.587, 0.114])


def apply(pictures, views, side, draws):
    """Each picture by its draw: differences of our views, in levels of 255, to bytes and to floats."""
    ours = read_views(views, side)
    differences = {"bytes": [], "floats": []}
    for picture, view, draw in zip(read_pictures(pictures, side), ours, draws):
        box = draw["crop"]
        place = [box["top"], box["left"], box["height"], box["width"]]
        image = functional.resized_crop(Image.fromarray(picture), *place, [side, side])
        for name, start in (("bytes", image), ("floats", functional.to_tensor(image))):
            made = start
            for step in draw["colour"]:
                made = OPERATIONS[step["kind"]](made, step["amount"])
            made = made if torch.is_tensor(made) else functional.to_tensor(made)
            differences[name].append(255 * (view - made.numpy()))
    return {name: summary(numpy.stack(found)) for name, found in differences.items()}


def summary(difference):
    size = numpy.abs(difference)
    return {"mean": float(difference.mean()), "size": float(size.mean()), "most": float(size.max())}


def compare(pictures, views, side, draws, method, recipe):
    """What views are like: means over pictures of ours, of theirs, and the error of the difference."""
    torch.manual_seed(3)
    numpy.random.seed(3)
    transform = transform_of(method, recipe)
    ours = read_views(views, side)
    theirs = numpy.empty_like(ours)
    for i, picture in enumerate(read_pictures(pictures, side)):
        for pair in range(0, draws, 2):
            first, second = transform(Image.fromarray(picture))
            theirs[i * draws + pair], theirs[i * draws + pair + 1] = first, second
    # Theirs lie on whole levels; ours are put there too, so that shares at the ends mean the same.
    found = [looks(numpy.round(255 * ours) / 255), looks(theirs)]
    rows = []
    for name in found[0]:
        one, other = [look[name].reshape(-1, draws).mean(1) for look in found]
        error = (one - other).std() / len(one) ** 0.5
        rows.append({"name": name, "ours": one.mean(), "theirs": other.mean(), "error": error})
    return {"rows": [{k: v if k == "name" else float(v) for k, v in row.items()} for row in rows]}


def looks(views):
    """One number a view."""
    luma = numpy.tensordot(views, LUMA, axes=([1], [0]))
    most, least = views.max(1), views.min(1)
    chroma = most - least
    edges = 4 * luma[:, 1:-1, 1:-1] - luma[:, :-2, 1:-1] - luma[:, 2:, 1:-1]
    edges = edges - luma[:, 1:-1, :-2] - luma[:, 1:-1, 2:]
    inphase = 0.5959 * views[:, 0] - 0.2746 * views[:, 1] - 0.3213 * views[:, 2]
    quadrature = 0.2115 * views[:, 0] - 0.5227 * views[:, 1] + 0.3112 * views[:, 2]
    return {
        "red": views[:, 0].mean((1, 2)),
        "green": views[:, 1].mean((1, 2)),
        "blue": views[:, 2].mean((1, 2)),
        "deviation of luma": luma.std((1, 2)),
        "share of black values": (views == 0).mean((1, 2, 3)),
        "share of white values": (views == 1).mean((1, 2, 3)),
        "saturation": (chroma / numpy.maximum(most, 1e-9)).mean((1, 2)),
        "chroma": chroma.mean((1, 2)),
        "deviation of I": inphase.std((1, 2)),
        "deviation of Q": quadrature.std((1, 2)),
        "differences of neighbours": numpy.abs(numpy.diff(views, axis=3)).mean((1, 2, 3)),
        "Laplacian of luma": numpy.sqrt((edges**2).mean((1, 2))),
        "gray views": (chroma.max((1, 2)) < 2 / 255).astype(float),
    }


def read_pictures(path, side):
    return numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, side, side, 3)


def read_views(path, side):
    return numpy.fromfile(path, dtype=numpy.float32).reshape(-1, 3, side, side)


serve(versions, {"apply": apply, "compare": compare})
