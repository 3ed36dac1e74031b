#!/usr/bin/env python3
"""A training step (forward, backward, Adam) of networks beside PyTorch's: the same shapes, the same number of threads, turn by turn.

Usage: python3 bench/peers/step.py [--threads 2] [--steps 200] [--dry]
Prints a table of ratios and writes it to bench/results.md (not with --dry). Needs PyTorch and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import contest

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=200)
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(args.threads)
try:
    import torch
except ImportError as error:
    sys.exit(f"{error}: install it to compare.")
torch.set_num_threads(args.threads)


def mlp():
    from torch.nn import Linear, ReLU, Sequential
    return Sequential(Linear(784, 512), ReLU(), Linear(512, 256), ReLU(), Linear(256, 10)), torch.randn(256, 784), 10


def milliseconds(network, rows, classes):
    optimizer, loss = torch.optim.Adam(network.parameters()), torch.nn.CrossEntropyLoss()
    codes, times = torch.randint(0, classes, (len(rows),)), []
    for step in range(-20, args.steps):
        began = time.perf_counter()
        optimizer.zero_grad()
        loss(network(rows), codes).backward()
        optimizer.step()
        if step >= 0:
            times.append((time.perf_counter() - began) * 1e3)
    return statistics.median(times)


ours = {}
for line in subprocess.run([contest.PROGRAM, "step", "--threads", str(args.threads), "--steps", str(args.steps)], check=True, capture_output=True, text=True).stdout.splitlines():
    figures = json.loads(line)
    ours[figures["network"]] = figures
lines = [f"Milliseconds of a training step (forward, backward, Adam), {args.threads} threads, medians of {args.steps}, beside PyTorch {torch.__version__}. Command: `python3 bench/peers/step.py`", "",
         "| network | PyTorch | Strata | ratio | bytes that a step allocates |", "|---|---|---|---|---|"]
for name, make in [("mlp", mlp)]:
    theirs, own = milliseconds(*make()), ours[name]
    lines.append(f"| {name} | {theirs:.2f} | {own['milliseconds']:.2f} | {own['milliseconds'] / theirs:.2f} | {own['bytes_a_step']} |")
print("\n".join(lines))
if not args.dry:
    contest.write_section("Training steps of networks", lines)
