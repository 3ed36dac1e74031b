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


def series(batch=3, steps=5, width=8):
    return torch.randn(batch, steps, width, requires_grad=True)


def padding(lengths, steps=5):
    return torch.arange(steps)[None, :] >= torch.tensor(lengths)[:, None]


def biased(module):
    """Biases and norms start as zeros and ones: other numbers say more."""
    for name, value in module.named_parameters():
        if "bias" in name or "norm" in name:
            nn.init.normal_(value)
    return module


ENDS = [5, 2, 4]
attention, x = biased(nn.MultiheadAttention(8, 2, batch_first=True)), series()
record("attention", attention, x, attention(x, x, x, key_padding_mask=padding(ENDS), need_weights=False)[0], lengths=ENDS)
attention, x = biased(nn.MultiheadAttention(8, 4, batch_first=True)), series()
record("attention_causal", attention, x, attention(x, x, x, attn_mask=torch.triu(torch.ones(5, 5, dtype=torch.bool), 1), need_weights=False)[0], lengths=[])
attention, x, queries = biased(nn.MultiheadAttention(8, 2, batch_first=True)), series(), series(steps=3)
record("attention_to_other", attention, x, attention(queries, x, x, key_padding_mask=padding(ENDS), need_weights=False)[0], lengths=ENDS, queries=flat(queries))
for name, options in {"block_post_relu": {}, "block_pre_gelu": {"norm_first": True, "activation": "gelu"}, "block_post_gelu": {"activation": "gelu"}}.items():
    block, x = biased(nn.TransformerEncoderLayer(8, 2, 12, 0.0, batch_first=True, **options)), series()
    record(name, block, x, block(x, src_key_padding_mask=padding(ENDS)), lengths=ENDS)
encoder = biased(nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 12, 0.0, "gelu", batch_first=True, norm_first=True), 3, nn.LayerNorm(8)))
x = series()
record("encoder", encoder, x, encoder(x), lengths=[])
embedding, x = nn.Embedding(7, 3), torch.tensor([[0, 3, 3], [6, 1, 0]])
weights, y = torch.randn(2, 3, 3), embedding(x)
(y * weights).sum().backward()
result["embedding"] = {"codes": x.tolist(), "weight": flat(embedding.weight), "weights": flat(weights), "y": flat(y), "gradient": flat(embedding.weight.grad)}
print(json.dumps(result, separators=(",", ":")))
