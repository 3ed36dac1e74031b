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


def conv_norm(axes, inputs, outputs, size, stride=1, rectifies=True):
    conv, norm = (nn.Conv2d, nn.BatchNorm2d) if axes == 2 else (nn.Conv1d, nn.BatchNorm1d)
    padding = size // 2 if axes == 2 else "same"
    return nn.Sequential(conv(inputs, outputs, size, stride=stride, padding=padding, bias=False), norm(outputs), *([nn.ReLU(inplace=True)] if rectifies else []))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.path = nn.Sequential(conv_norm(2, inputs, outputs, 3, stride), conv_norm(2, outputs, outputs, 3, rectifies=False))
        self.shortcut = nn.Identity() if inputs == outputs else conv_norm(2, inputs, outputs, 1, stride, rectifies=False)

    def forward(self, x):
        return torch.relu_(self.path(x) + self.shortcut(x))


def resnet8():
    network = nn.Sequential(conv_norm(2, 3, 16, 3), Block(16, 16, 1), Block(16, 32, 2), Block(32, 64, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    return network, torch.randn(64, 3, 32, 32), 10


class Inception(nn.Module):
    def __init__(self, channels):
        super().__init__()
        inner = 32 if channels > 1 else channels
        self.bottleneck = nn.Conv1d(channels, 32, 1, bias=False) if channels > 1 else nn.Identity()
        self.convolutions = nn.ModuleList(nn.Conv1d(inner, 32, size, padding="same", bias=False) for size in (40, 20, 10))
        self.pooled = nn.Sequential(nn.MaxPool1d(3, 1, padding=1), nn.Conv1d(channels, 32, 1, bias=False))
        self.norm = nn.BatchNorm1d(128)

    def forward(self, x):
        narrow = self.bottleneck(x)
        return torch.relu_(self.norm(torch.cat([convolution(narrow) for convolution in self.convolutions] + [self.pooled(x)], 1)))


class InceptionBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.modules_ = nn.Sequential(Inception(channels), Inception(128), Inception(128))
        self.shortcut = conv_norm(1, channels, 128, 1, rectifies=False)

    def forward(self, x):
        return torch.relu_(self.modules_(x) + self.shortcut(x))


def inception_time():
    return nn.Sequential(InceptionBlock(1), InceptionBlock(128), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(128, 10)), torch.randn(64, 1, 1024), 10


def shared(*widths):
    return [layer for i, width in enumerate(widths[1:]) for layer in conv_norm(1, widths[i], width, 1)]


def dense(*widths):
    return [layer for i, width in enumerate(widths[1:]) for layer in (nn.Linear(widths[i], width, bias=False), nn.BatchNorm1d(width), nn.ReLU(inplace=True))]


class Largest(nn.Module):
    def forward(self, x):
        return x.max(2)[0]


class TransformNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width, self.found = width, None
        self.inner = nn.Sequential(*shared(width, 64, 128, 1024), Largest(), *dense(1024, 512, 256), nn.Linear(256, width * width))
        nn.init.zeros_(self.inner[-1].weight), nn.init.eye_(self.inner[-1].bias.data.view(width, width))

    def forward(self, x):
        self.found = self.inner(x).view(-1, self.width, self.width)
        return torch.bmm(x.transpose(1, 2), self.found).transpose(1, 2)


class PointNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = TransformNet(64)
        self.all = nn.Sequential(TransformNet(3), *shared(3, 64, 64), self.features, *shared(64, 64, 128, 1024), Largest(), *dense(1024, 512, 256), nn.Dropout(0.3), nn.Linear(256, 10))

    def forward(self, x):
        return self.all(x)

    def penalty(self):
        turn = self.features.found
        return 1e-3 / len(turn) * (torch.bmm(turn, turn.transpose(1, 2)) - torch.eye(64)).pow(2).sum()


def pointnet():
    return PointNet(), torch.randn(32, 3, 1024), 10


def all_networks():
    return {make.__name__: make for make in (mlp, lstm, gru, transformer, resnet8, inception_time, pointnet)}
