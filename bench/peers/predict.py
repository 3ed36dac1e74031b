#!/usr/bin/env python3
"""Predictions of Strata beside LightGBM: boosted trees of the same size on the same rows, in batches and row by row.

Usage: python3 bench/peers/predict.py [--rows 1000000] [--trees 100] [--leaves 255] [--threads 2] [--repeats 5] [--kinds numbers,depth6,multiclass,categories,missing]
Needs numpy and lightgbm and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
for name, value in [("rows", 1_000_000), ("columns", 28), ("trees", 100), ("leaves", 255), ("threads", 2), ("repeats", 5)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--kinds", default="numbers,depth6,multiclass,categories,missing")
args = parser.parse_args()
try:
    import lightgbm
    import numpy as np
except ImportError as error:
    sys.exit(f"{error}: install it to compare.")

root = pathlib.Path(__file__).resolve().parents[2]
program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
if not program.exists():
    sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")
folder = root / "bench/data/predict"


def load(name):
    labels = np.fromfile(folder / f"{name}.y.u8", dtype=np.uint8).astype(int)
    return np.ascontiguousarray(np.fromfile(folder / f"{name}.x.f32", dtype=np.float32).reshape(-1, len(labels)).T), labels


def timed(work):
    work()
    wall, processor = [], []
    for _ in range(args.repeats):
        began, began_processor = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return float(np.median(wall)), float(np.median(processor))


print(f"{args.rows} x {args.columns}, {args.trees} trees of {args.leaves} leaves (depth6: 64), {args.threads} threads, median of {args.repeats}; LightGBM {lightgbm.__version__}")
print(f"{'':14}{'theirs s':>10}{'processor':>11}{'ours s':>9}{'processor':>11}{'ratio':>8}{'processor':>11}   {'one row, us: theirs':>20}{'ours':>8}{'bytes':>7}")
for kind in args.kinds.split(","):
    ours = json.loads(subprocess.run(
        [program, "predict", "--kind", kind, "--data", folder, *(str(part) for name in ["rows", "columns", "trees", "leaves", "threads", "repeats"] for part in ("--" + name, getattr(args, name)))],
        check=True, capture_output=True, text=True).stdout)
    x, y = load("train")
    parameters = {"objective": "multiclass" if kind == "multiclass" else "binary", "num_leaves": 64 if kind == "depth6" else args.leaves, "max_depth": 6 if kind == "depth6" else -1,
                  "learning_rate": 0.1, "num_threads": args.threads, "verbose": -1}
    if kind == "multiclass":
        parameters["num_class"] = int(y.max()) + 1
    model = lightgbm.train(parameters, lightgbm.Dataset(x, y, categorical_feature=list(range(20)) if kind == "categories" else "auto"), args.trees)
    rows, _ = load("rows")
    wall, processor = timed(lambda: model.predict(rows, raw_score=True, num_threads=args.threads))
    single = [rows[i:i + 1].astype(np.float64) for i in range(300)]
    began = time.perf_counter()
    for row in single:
        model.predict(row, raw_score=True, num_threads=1)
    one = (time.perf_counter() - began) / len(single) * 1e6
    print(f"{kind:14}{wall:10.3f}{processor:11.3f}{ours['batch_seconds']:9.3f}{ours['batch_processor_seconds']:11.3f}{ours['batch_seconds'] / wall:8.3f}"
          f"{ours['batch_processor_seconds'] / processor:11.3f}   {one:20.1f}{ours['row_microseconds']:8.2f}{ours['row_bytes_allocated']:7.1f}", flush=True)
