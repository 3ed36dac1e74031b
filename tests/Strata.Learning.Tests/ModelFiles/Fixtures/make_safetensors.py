"""Writes and reads safetensors with numpy alone, by the format's description, beside PyTorch's own numbers.

python3 make_safetensors.py                  makes torch_state.safetensors (a PyTorch state dict and tensors of every type) and torch_state.json (their values, and what the network makes of rows)
python3 make_safetensors.py FILE             lists the tensors of a file that Strata wrote
"""
import json
import struct
import sys

import numpy as np

SIZES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}
TYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16, "BF16": np.uint16, "I64": np.int64, "I32": np.int32, "I16": np.int16, "I8": np.int8, "U8": np.uint8, "BOOL": np.bool_}


def write(path, tensors, metadata):
    """tensors: name -> (type, shape, bytes)."""
    header, at = {"__metadata__": metadata}, 0
    order = sorted(tensors, key=lambda name: (-SIZES[tensors[name][0]], name))
    for name in order:
        kind, shape, data = tensors[name]
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(tensors[name][2] for name in order))


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, head in header.items():
        start, end = head["data_offsets"]
        values = np.frombuffer(data[start:end], TYPES[head["dtype"]])
        if head["dtype"] == "BF16":
            values = (values.astype(np.uint32) << 16).view(np.float32)
        tensors[name] = values.reshape(head["shape"])
    return tensors, metadata


def make():
    import torch
    from torch import nn

    torch.manual_seed(5)
    hidden, head = nn.Linear(4, 8), nn.Linear(8, 3)
    x = torch.randn(40, 4)
    x = (x - x.mean(0)) / x.std(0, unbiased=False)
    y = head(torch.relu(hidden(x)))
    conv = nn.Conv1d(3, 2, 5)
    state = {"hidden.0.weight": hidden.weight, "hidden.0.bias": hidden.bias, "head.weight": head.weight, "head.bias": head.bias, "conv.weight": conv.weight}
    tensors = {name: ("F32", tuple(value.shape), value.detach().numpy().astype("<f4").tobytes()) for name, value in state.items()}
    odd = torch.tensor([[1.5, -2.25, 0.0], [3e-3, 1000.0, -7.0]])
    tensors["half"] = ("F16", (2, 3), odd.numpy().astype("<f2").tobytes())
    tensors["brain"] = ("BF16", (2, 3), (odd.numpy().view(np.uint32) >> 16).astype("<u2").tobytes())
    tensors["double"] = ("F64", (2, 3), odd.numpy().astype("<f8").tobytes())
    tensors["count"] = ("I64", (), np.array(12345678901, "<i8").tobytes())
    write("torch_state.safetensors", tensors, {"format": "pt"})
    values = {name: np.asarray(value, np.float64).reshape(-1).tolist() for name, value in read("torch_state.safetensors")[0].items()}
    with open("torch_state.json", "w") as file:
        json.dump({"x": x.reshape(-1).tolist(), "y": y.detach().reshape(-1).tolist(), "values": values}, file)


if len(sys.argv) > 1:
    loaded, about = read(sys.argv[1])
    print(json.dumps({"metadata": about, "tensors": {name: {"shape": list(value.shape), "sum": float(np.asarray(value, np.float64).sum())} for name, value in loaded.items()}}))
else:
    make()
