"""Makes sequences.json: what PyTorch (1.13.1) computes of recurrent layers and transformers. Run: python3 make_sequences.py > sequences.json"""
import json

import torch
from torch import nn

torch.manual_seed(7)
result = {}


def flat(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().reshape(-1).tolist()]


def record(name, module, x, y, **more):
    """The values y of x, and the gradients of sum(y * weights) of the input and all parameters."""
    weights = torch.randn(y.shape)
    (y * weights).sum().backward()
    result[name] = {"shape": list(x.shape), "x": flat(x), "weights": flat(weights), "y": flat(y), "dx": flat(x.grad), **more,
                    "parameters": {key: flat(value) for key, value in module.named_parameters()}, "gradients": {key: flat(value.grad) for key, value in module.named_parameters()}}


def recurrent(name, module, lengths=None, batch=5, steps=6, width=3):
    x = torch.randn(batch, steps, width, requires_grad=True)
    if lengths is None:
        y, last = module(x)
    else:
        packed, last = module(nn.utils.rnn.pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False))
        y, _ = nn.utils.rnn.pad_packed_sequence(packed, batch_first=True, total_length=steps)
    last = last[0] if isinstance(last, tuple) else last
    directions = 2 if module.bidirectional else 1
    record(name, module, x, y, lengths=lengths or [], last=flat(torch.cat(list(last[-directions:]), 1)))


LENGTHS = [6, 2, 4, 1, 5]
recurrent("rnn", nn.RNN(3, 4, batch_first=True))
recurrent("rnn_relu", nn.RNN(3, 4, nonlinearity="relu", batch_first=True), LENGTHS)
recurrent("gru", nn.GRU(3, 4, batch_first=True))
recurrent("gru_stacked", nn.GRU(3, 4, num_layers=2, bidirectional=True, batch_first=True), LENGTHS)
recurrent("lstm", nn.LSTM(3, 4, batch_first=True))
recurrent("lstm_reversible", nn.LSTM(3, 4, bidirectional=True, batch_first=True))
recurrent("lstm_stacked", nn.LSTM(3, 4, num_layers=3, bidirectional=True, batch_first=True), LENGTHS)
print(json.dumps(result, separators=(",", ":")))
