"""Makes convolutions.json: what PyTorch (1.13.1) computes of convolutions, poolings and normalisations, channels put last. Run: python3 make_convolutions.py > convolutions.json"""
import json

import torch
from torch import nn

torch.manual_seed(5)
result = {}


def flat(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().reshape(-1).tolist()]


def last(tensor):
    """Channels, or a kernel's second dimension, last."""
    return tensor.movedim(1, -1) if tensor.dim() > 2 else tensor


def case(name, module, shape):
    """Forward, and the gradients of sum(result * weights) of input and parameters."""
    x = torch.randn(shape).requires_grad_()
    for parameter in module.parameters():
        if parameter.dim() == 1:
            nn.init.normal_(parameter)
    y = module(x)
    weights = torch.randn(y.shape)
    (y * weights).sum().backward()
    result[name] = {
        "shape": list(last(x).shape), "x": flat(last(x)), "weights": flat(last(weights)), "y": flat(last(y)), "y_shape": list(last(y).shape), "dx": flat(last(x.grad)),
        "parameters": {key: flat(last(value)) for key, value in module.named_parameters()}, "gradients": {key: flat(last(value.grad)) for key, value in module.named_parameters()},
        "memories": {key: flat(value) for key, value in module.named_buffers() if value.dim() > 0}}


case("convolution_1d", nn.Conv1d(5, 18, 3, padding=1), (2, 5, 9))
case("strided_1d", nn.Conv1d(3, 7, 4, stride=3, padding=2, dilation=2), (2, 3, 23))
case("convolution_2d", nn.Conv2d(5, 18, 3, padding=1), (2, 5, 6, 5))
case("strided_2d", nn.Conv2d(4, 33, 3, stride=2, padding=1, bias=False), (2, 4, 7, 6))
case("dilated_2d", nn.Conv2d(3, 6, 3, padding=2, dilation=2), (1, 3, 8, 9))
case("grouped_2d", nn.Conv2d(6, 9, 3, padding=1, groups=3), (2, 6, 6, 5))
case("depthwise_2d", nn.Conv2d(18, 18, 3, padding=1, groups=18), (1, 18, 5, 6))
case("pointwise_2d", nn.Conv2d(6, 20, 1), (2, 6, 4, 5))
case("transposed_1d", nn.ConvTranspose1d(4, 6, 3, stride=2, padding=1, output_padding=1), (2, 4, 5))
case("transposed_2d", nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, groups=2), (2, 4, 3, 4))
case("max_1d", nn.MaxPool1d(3, 2, padding=1), (2, 5, 9))
case("max_2d", nn.MaxPool2d(2), (1, 17, 6, 5))
case("mean_1d", nn.AvgPool1d(3, 1, padding=1, count_include_pad=False), (2, 3, 8))
case("mean_2d", nn.AvgPool2d(3, 2, padding=1, count_include_pad=False), (1, 17, 6, 7))
case("global_max", nn.Sequential(nn.AdaptiveMaxPool1d(1), nn.Flatten()), (3, 5, 7))
case("global_mean", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), (3, 5, 4, 3))
case("upsampled", nn.Upsample(scale_factor=2), (2, 3, 3, 4))
case("group_norm", nn.GroupNorm(3, 12), (2, 12, 4, 3))
case("instance_norm", nn.GroupNorm(5, 5), (3, 5, 9))
case("batch_norm_2d", nn.BatchNorm2d(20), (2, 20, 4, 3))


class RmsNorm(nn.Module):
    """Newer than this PyTorch: by its paper's formula (Zhang and Sennrich 2019)."""

    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * self.weight


case("rms_norm", RmsNorm(18), (6, 18))


class PartsFirst(nn.Module):
    """Part by part the channels side by side."""

    def forward(self, x):
        return x.transpose(1, 2).flatten(1)


case("halved", nn.MaxPool1d(5, 2, padding=2), (2, 5, 11))
case("time_parts", nn.Sequential(nn.AdaptiveAvgPool1d(4), PartsFirst()), (2, 3, 10))
case("more_parts_than_steps", nn.Sequential(nn.AdaptiveAvgPool1d(5), PartsFirst()), (2, 18, 3))
weighted = nn.utils.weight_norm(nn.Conv1d(5, 18, 3, padding=2, dilation=2))
weighted.weight_g.data.mul_(torch.rand(18, 1, 1) + 0.5)
case("weight_norm_1d", weighted, (2, 5, 9))
print(json.dumps(result))
