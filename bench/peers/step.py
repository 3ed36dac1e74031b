#!/usr/bin/env python3
"""A training step (forward, backward, Adam) of networks beside PyTorch's: the same shapes, the same number of threads, turn by turn.

Usage: python3 bench/peers/step.py [--threads 2] [--steps 200] [--networks lstm,gru] [--dry]
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
parser.add_argument("--networks", default="", help="some of them, by name; then nothing is written")
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(args.threads)
try:
    import torch
except ImportError as error:
    sys.exit(f"{error}: install it to compare.")
torch.set_num_threads(args.threads)
import step_networks  # noqa: E402  (after the number of threads is set)


def milliseconds(network, rows, classes):
    optimizer, loss = torch.optim.Adam(network.parameters()), torch.nn.CrossEntropyLoss()
    codes, times, processor = torch.randint(0, classes, (len(rows),)), [], 0
    for step in range(-min(20, args.steps), args.steps):
        processor = time.process_time() if step == 0 else processor
        began = time.perf_counter()
        optimizer.zero_grad()
        value = loss(network(rows), codes)
        (value + network.penalty() if hasattr(network, "penalty") else value).backward()
        optimizer.step()
        if step >= 0:
            times.append((time.perf_counter() - began) * 1e3)
    return statistics.median(times), (time.process_time() - processor) / args.steps * 1e3


networks = step_networks.all_networks()
chosen = [name for name in networks if not args.networks or name in args.networks.split(",")]
lines = [f"Milliseconds of a training step (forward, backward, Adam), {args.threads} threads, medians of {args.steps}, and of the processor, beside PyTorch {torch.__version__}. Command: `python3 bench/peers/step.py`", "",
         "| network | PyTorch | Strata | ratio | processor: PyTorch | Strata | ratio | bytes that a step allocates |", "|---|---|---|---|---|---|---|---|"]
for name in chosen:
    theirs, busy = milliseconds(*networks[name]())
    command = [contest.PROGRAM, "step", "--threads", str(args.threads), "--steps", str(args.steps), "--networks", name]
    own = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    ms, own_busy = own["milliseconds"], own["processor_milliseconds"]
    lines.append(f"| {name} | {theirs:.2f} | {ms:.2f} | {ms / theirs:.2f} | {busy:.2f} | {own_busy:.2f} | {own_busy / busy:.2f} | {own['bytes_a_step']} |")
print("\n".join(lines))
if not args.dry and not args.networks:
    contest.write_section("Training steps of networks", lines)
