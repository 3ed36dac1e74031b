"""PyTorch's side of the networks that step.py times: each gives a module, a batch and the number of classes. Layers that Strata's side names alike have the same sizes."""
import torch
from torch import nn


def mlp():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)), torch.randn(256, 784), 10


class LastState(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer, self.head = layer, nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.layer(x)[0][:, -1])


def lstm():
    return LastState(nn.LSTM(64, 128, batch_first=True)), torch.randn(64, 100, 64), 10


def gru():
    return LastState(nn.GRU(64, 128, batch_first=True)), torch.randn(64, 100, 64), 10


class MeanOfSteps(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer, self.head = layer, nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.layer(x).mean(1))


def transformer():
    block = nn.TransformerEncoderLayer(128, 4, 512, 0.0, "gelu", batch_first=True, norm_first=True)
    return MeanOfSteps(nn.TransformerEncoder(block, 4, nn.LayerNorm(128))), torch.randn(32, 128, 128), 10


def all_networks():
    return {make.__name__: make for make in (mlp, lstm, gru, transformer)}
