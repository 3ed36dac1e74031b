"""Makes fusion.json: what joins modalities, written with PyTorch's own layers. Run: python3 make_fusion.py"""
import json
import os

import torch
from torch import nn

torch.manual_seed(11)
WIDTHS, WIDTH, HEADS, ROWS = [3, 5, 4], 8, 2, 6


class Gated(nn.Module):
    """Arevalo et al. 2017, section 3.2."""

    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList([nn.Linear(own, WIDTH) for own in WIDTHS])
        self.gates = nn.Linear(sum(WIDTHS), len(WIDTHS) * WIDTH)

    def forward(self, x):
        gates = torch.sigmoid(self.gates(x)).split(WIDTH, dim=1)
        return sum(gate * torch.tanh(part(own)) for gate, part, own in zip(gates, self.parts, x.split(WIDTHS, dim=1)))


class Attended(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.ModuleList([nn.Linear(own, WIDTH) for own in WIDTHS])
        self.before, self.after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attention = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)

    def forward(self, x):
        tokens = torch.stack([token(own) for token, own in zip(self.tokens, x.split(WIDTHS, dim=1))], dim=1)
        normal = self.before(tokens)
        return self.after(tokens + self.attention(normal, normal, normal, need_weights=False)[0]).flatten(1)


def case(module):
    for parameter in module.parameters():
        nn.init.normal_(parameter, std=0.5)
    x = torch.randn(ROWS, sum(WIDTHS), requires_grad=True)
    y = module(x)
    weights = torch.randn_like(y)
    (y * weights).sum().backward()
    flat = lambda tensor: [round(value, 7) for value in tensor.detach().flatten().tolist()]
    return {
        "x": flat(x), "weights": flat(weights), "y": flat(y), "dx": flat(x.grad),
        "parameters": {name: flat(parameter) for name, parameter in module.named_parameters()},
        "gradients": {name: flat(parameter.grad) for name, parameter in module.named_parameters()},
    }


fixture = {"widths": WIDTHS, "width": WIDTH, "heads": HEADS, "rows": ROWS, "gated": case(Gated()), "attended": case(Attended())}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fusion.json"), "w") as file:
    json.dump(fixture, file)
