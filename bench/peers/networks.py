"""The product's networks in PyTorch, their parameters made in the same order."""

import torch
import torch.nn.functional as F
from res import Res
from torch import nn


def backbone(name):
    """The network and the width of what it gives."""
    if name == "resnet-18":
        return Resnet18(), 512
    if name.startswith("res-"):
        _, blocks, width = name.split("-")
        return Res(int(blocks), int(width)), int(width)
    if name == "vit-tiny":
        return VisionTransformer(width=192, depth=12, heads=3, patch=4), 192
    raise ValueError(f"no network {name}")


class Simclr(nn.Module):
    """Backbone, projector 2048-128, and the loss of the views: second half beside first half."""

    def __init__(self, name):
        super().__init__()
        self.backbone, width = backbone(name)
        self.projector = nn.Sequential(
            nn.Linear(width, 2048, bias=False),
            nn.BatchNorm1d(2048),
            nn.ReLU(),
            nn.Linear(2048, 128),
        )

    def forward(self, views):
        z = F.normalize(self.projector(self.backbone(views)).float(), dim=1)
        logits = z @ z.t() / 0.5
        logits = logits.masked_fill(torch.eye(len(z), dtype=torch.bool, device=z.device), -1e9)
        positives = torch.arange(len(z), device=z.device).roll(len(z) // 2)
        return F.cross_entropy(logits.float(), positives)


class Resnet18(nn.Sequential):
    def __init__(self):
        widths = (64, 128, 256, 512)
        blocks = (
            block
            for stage, width in enumerate(widths)
            for block in (
                Block(widths[max(0, stage - 1)], width, 1 if stage == 0 else 2),
                Block(width, width, 1),
            )
        )
        super().__init__(
            nn.Conv2d(3, 64, 3, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            *blocks,
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )


class Block(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, width, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.shortcut = nn.Sequential()
        if stride > 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


class VisionTransformer(nn.Module):
    def __init__(self, width, depth, heads, patch, size=32):
        super().__init__()
        self.patches = Patches(width, patch)
        # A module of their own, so that they come after the patches' weights.
        self.tokens = Tokens(width, (size // patch) ** 2)
        self.layers = nn.Sequential(*(Layer(width, heads) for _ in range(depth)))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def forward(self, x):
        x = self.tokens(self.patches(x).flatten(2).transpose(1, 2))
        return self.norm(self.layers(x))[:, 0]


class Patches(nn.Linear):
    """A product of each patch's pixels, computed as the convolution that it is."""

    def __init__(self, width, patch):
        super().__init__(3 * patch * patch, width)
        self.patch = patch

    def forward(self, x):
        weight = self.weight.view(-1, 3, self.patch, self.patch)
        return F.conv2d(x, weight, self.bias, stride=self.patch)


class Tokens(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.head = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, count + 1, width))

    def forward(self, x):
        return torch.cat([self.head.expand(len(x), -1, -1), x], 1) + self.positions


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(n, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v)
        x = x + self.mix(mixed.transpose(1, 2).reshape(n, tokens, width))
        return x + self.narrow(F.gelu(self.wide(self.norm2(x))))
