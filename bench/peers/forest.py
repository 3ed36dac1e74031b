#!/usr/bin/env python3
"""Random forest of Strata beside scikit-learn's: the same rows, the same settings.

Usage: python3 bench/peers/forest.py [--rows 100000] [--columns 50] [--trees 100] [--threads 2] [--repeats 3]
Needs scikit-learn and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import subprocess
import sys
import time


import numpy as np
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

parser = argparse.ArgumentParser()
for name, value in [("rows", 100_000), ("columns", 50), ("trees", 100), ("threads", 2), ("repeats", 3)]:
    parser.add_argument("--" + name, type=int, default=value)
args = parser.parse_args()

root = pathlib.Path(__file__).resolve().parents[2]
program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
if not program.exists():
    sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")

folder = root / "bench/data/forest"
folder.mkdir(parents=True, exist_ok=True)
ours = json.loads(subprocess.run(
    [program, "forest", "--format", "json", "--data", folder, *(str(part) for name in ["rows", "columns", "trees", "threads", "repeats"] for part in ("--" + name, getattr(args, name)))],
    check=True, capture_output=True, text=True).stdout)


def load(name):
    labels = np.fromfile(folder / f"{name}.y.u8", dtype=np.uint8).astype(int)
    return np.ascontiguousarray(np.fromfile(folder / f"{name}.x.f32", dtype=np.float32).reshape(-1, len(labels)).T), labels


x, y = load("train")
x_test, y_test = load("test")
wall, processor = [], []
for _ in range(args.repeats):
    began, began_processor = time.perf_counter(), time.process_time()
    model = RandomForestClassifier(args.trees, n_jobs=args.threads, random_state=0).fit(x, y)
    wall.append(time.perf_counter() - began)
    processor.append(time.process_time() - began_processor)
began = time.process_time()
auc = roc_auc_score(y_test, model.predict_proba(x_test)[:, 1])
predict = time.process_time() - began
fit, fit_processor = float(np.median(wall)), float(np.median(processor))
print(f"{args.rows} x {args.columns}, {args.trees} trees, {args.threads} threads, median of {args.repeats}")
print(f"{'':22}{'fit s':>10}{'processor s':>13}{'predict processor s':>21}{'test AUC':>10}")
print(f"{'scikit-learn ' + sklearn.__version__:22}{fit:10.2f}{fit_processor:13.2f}{predict:21.2f}{auc:10.5f}")
print(f"{'Strata':22}{ours['fit_seconds']:10.2f}{ours['fit_processor_seconds']:13.2f}{ours['predict_processor_seconds']:21.2f}{ours['auc']:10.5f}")
print(f"{'ratio':22}{ours['fit_seconds'] / fit:10.3f}{ours['fit_processor_seconds'] / fit_processor:13.3f}{ours['predict_processor_seconds'] / predict:21.3f}")
