"""RES-L-H as here: two 2×2 convolutions of stride 2, then L residual blocks of width H, pooled."""

import torch
from torch import nn


class Res(nn.Sequential):
    def __init__(self, blocks, width):
        super().__init__(
            *(layer for at in (3, width) for layer in _stem(at, width)),
            *(Block(width) for _ in range(blocks)),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)

    def forward(self, x):
        y = torch.relu(self.norm1(self.conv1(x)))
        return torch.relu(x + self.norm2(self.conv2(y)))


def _stem(before, width):
    conv = nn.Conv2d(before, width, 2, stride=2, bias=False)
    return conv, nn.BatchNorm2d(width), nn.ReLU()
