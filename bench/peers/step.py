"""PyTorch in the step benches: the same SimCLR step, in one of its modes."""

from conversation import need, serve

versions = need("torch", "numpy")

import contextlib
import time

import numpy
import torch
from networks import Simclr
from resident import peak_resident
from weights import load_in_order

opened = {}


def prepare(network, folder, threads, device, losses, compiled, channels_last, bf16, tf32):
    """Losses of the first steps, which also warm up and compile."""
    torch.set_num_threads(threads)
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
    model = Simclr(network)
    load_in_order(model, f"{folder}/weights.safetensors")
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = model.to(device, memory_format=layout).train()
    views = torch.from_numpy(numpy.load(f"{folder}/views.npy"))
    loss_of = torch.compile(model) if compiled else model
    # Norms, biases, the class token and the positions do not decay.
    layers = [one for one in model.modules() if isinstance(one, (torch.nn.Conv2d, torch.nn.Linear))]
    decayed = [one.weight for one in layers]
    chosen = {id(one) for one in decayed}
    others = [one for one in model.parameters() if id(one) not in chosen]
    optimiser = torch.optim.SGD(
        [
            {"params": decayed, "weight_decay": 5e-4},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=0.03,
        momentum=0.9,
    )

    def step():
        precision = torch.autocast(device.split(":")[0], torch.bfloat16) if bf16 else contextlib.nullcontext()
        with precision:
            loss = loss_of(views.to(device).contiguous(memory_format=layout))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        return loss.item()

    opened["step"] = step
    return {"losses": [step() for _ in range(losses)]}


def run(repeat):
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        opened["step"]()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}


serve(versions, {"prepare": prepare, "run": run, "memory": lambda: {"bytes": peak_resident()}})
