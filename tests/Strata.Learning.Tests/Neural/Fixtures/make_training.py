"""Makes training.json: losses of 50 steps of small networks trained by PyTorch (1.13.1) from given weights on given batches. Run: python3 make_training.py > training.json"""
import json

import torch
from torch import nn

torch.manual_seed(13)
BATCH, BATCHES, STEPS, RATE = 8, 5, 50, 3e-3
result = {}


def flat(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().reshape(-1).tolist()]


def last(tensor, is_image):
    """Channels, or a kernel's second dimension, last."""
    return tensor.movedim(1, -1) if is_image and tensor.dim() > 2 else tensor


class LastStep(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer, self.head = nn.LSTM(3, 12, num_layers=2, batch_first=True), nn.Linear(12, 3)

    def forward(self, x):
        return self.head(self.layer(x)[0][:, -1])


class MeanOfSteps(nn.Module):
    def __init__(self):
        super().__init__()
        block = nn.TransformerEncoderLayer(8, 2, 16, 0.0, "gelu", batch_first=True, norm_first=True)
        self.embed, self.layer, self.head = nn.Linear(3, 8), nn.TransformerEncoder(block, 2, nn.LayerNorm(8)), nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.layer(self.embed(x)).mean(1))


def training(name, network, rows):
    is_image = rows.dim() == 4
    labels = torch.randint(0, 3, (len(rows),))
    labels[rows.reshape(len(rows), -1).mean(1) > 0.05] = 1
    parameters = [flat(last(p, is_image)) for p in network.parameters()]
    optimizer, losses = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01), []
    for step in range(STEPS):
        part = slice(step % BATCHES * BATCH, (step % BATCHES + 1) * BATCH)
        optimizer.zero_grad()
        value = nn.functional.cross_entropy(network(rows[part]), labels[part])
        value.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(float(value.detach()))
    shape = list(last(rows, is_image).shape)
    result[name] = {"shape": [BATCH, *shape[1:]], "rows": flat(last(rows, is_image)), "codes": labels.tolist(), "parameters": parameters, "losses": losses}


training("cnn", nn.Sequential(
    nn.Conv2d(2, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 10, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    nn.Linear(10, 3)), torch.randn(BATCH * BATCHES, 2, 8, 8))
training("lstm", LastStep(), torch.randn(BATCH * BATCHES, 9, 3))
training("transformer", MeanOfSteps(), torch.randn(BATCH * BATCHES, 9, 3))
print(json.dumps(result, separators=(",", ":")))
