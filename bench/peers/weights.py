"""Weights that were written here, into a PyTorch module whose parameters come in the same order."""

import torch
from weights_numpy import read_safetensors


def load_in_order(module, path):
    """Copies by order. A linear layer's weight lies [in, out] in the file and [out, in] here."""
    linear = {layer.weight for layer in module.modules() if isinstance(layer, torch.nn.Linear)}
    parameters = [(p, p in linear) for p in module.parameters()]
    _copy(parameters, read_safetensors(path))


def load_evaluated(module, path):
    """The same with running statistics, which follow each norm's own scale and shift in the file."""
    linear = {layer.weight for layer in module.modules() if isinstance(layer, torch.nn.Linear)}
    targets = []
    for layer in module.modules():
        targets += [(p, p in linear) for p in layer.parameters(recurse=False)]
        if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm):
            targets += [(layer.running_mean, False), (layer.running_var, False)]
    _copy(targets, read_safetensors(path))


def _copy(targets, tensors):
    if len(targets) != len(tensors):
        raise ValueError(f"{len(tensors)} tensors in the file, {len(targets)} here")
    with torch.no_grad():
        for (target, turned), (name, values) in zip(targets, tensors.items()):
            values = torch.from_numpy(values.T if turned else values)
            if values.shape != target.shape:
                raise ValueError(f"{name}: {tuple(values.shape)}, here {tuple(target.shape)}")
            target.copy_(values)
