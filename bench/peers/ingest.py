"""Pillow in a loader's processes: JPEG files become RGB pictures with the shorter side at a resolution.

`draft` lets the JPEG library halve a picture while decoding, as thumbnailers do.
"""

from conversation import need, serve

versions = need("torch", "numpy", "pillow:PIL")

import pathlib
import time

import numpy
from PIL import Image
from torch.utils.data import DataLoader, Dataset

opened = {}


class Pictures(Dataset):
    def __init__(self, folder, resolution, draft):
        names = sorted(path.relative_to(folder).as_posix() for path in pathlib.Path(folder).rglob("*.jpg"))
        self.files = [f"{folder}/{name}" for name in names]
        self.resolution, self.draft = resolution, draft

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        picture = Image.open(self.files[i])
        width, height = picture.size
        scale = self.resolution / min(width, height)
        size = (round(width * scale), round(height * scale))
        if self.draft:
            picture.draft("RGB", size)
        picture = picture.convert("RGB")
        return numpy.asarray(picture if picture.size == size else picture.resize(size, Image.BICUBIC))


def itself(batch):
    return batch


def prepare(folder, resolution, threads, draft):
    opened["loader"] = DataLoader(
        Pictures(folder, resolution, draft),
        batch_size=32,
        num_workers=threads,
        persistent_workers=True,
        collate_fn=itself,
    )
    return {}


def pack(file):
    start = time.perf_counter()
    pictures = 0
    with open(file, "wb") as out:
        for batch in opened["loader"]:
            for picture in batch:
                out.write(picture.tobytes())
                pictures += 1
    return {"seconds": time.perf_counter() - start, "pictures": pictures}


serve(versions, {"prepare": prepare, "pack": pack})
