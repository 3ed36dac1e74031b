#!/usr/bin/env python3
"""Gradient boosting of Strata beside LightGBM, XGBoost and scikit-learn, as far as they can be imported: the same rows, the same settings.

Usage: python3 bench/peers/boosting.py [--rows 1000000] [--columns 28] [--leaves 255] [--trees 100] [--threads 2] [--repeats 5] [--peers lightgbm,xgboost,sklearn]
Needs numpy and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time


parser = argparse.ArgumentParser()
for name, value in [("rows", 1_000_000), ("columns", 28), ("leaves", 255), ("trees", 100), ("threads", 2), ("repeats", 5)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--peers", default="lightgbm,xgboost,sklearn")
args = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(args.threads)

import numpy as np

root = pathlib.Path(__file__).resolve().parents[2]
program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
if not program.exists():
    sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")

folder = root / "bench/data/boosting"
folder.mkdir(parents=True, exist_ok=True)
ours = json.loads(subprocess.run(
    [program, "boosting", "--format", "json", "--data", folder, *(str(part) for name in ["rows", "columns", "leaves", "trees", "threads", "repeats"] for part in ("--" + name, getattr(args, name)))],
    check=True, capture_output=True, text=True).stdout)


def load(name):
    labels = np.fromfile(folder / f"{name}.y.u8", dtype=np.uint8).astype(int)
    return np.ascontiguousarray(np.fromfile(folder / f"{name}.x.f32", dtype=np.float32).reshape(-1, len(labels)).T), labels


x, y = load("train")
x_test, y_test = load("test")


def auc(scores):
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    positives = y_test.sum()
    return (ranks[y_test == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y_test) - positives))


def timed(work, repeats):
    result, wall, processor = work(), [], []
    for _ in range(repeats):
        began, began_processor = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return result, float(np.median(wall)), float(np.median(processor))


def lightgbm():
    import lightgbm as peer

    parameters = {"objective": "binary", "num_leaves": args.leaves, "learning_rate": 0.1, "num_threads": args.threads, "verbose": -1}
    return f"LightGBM {peer.__version__}", lambda: peer.train(parameters, peer.Dataset(x, y), args.trees), lambda model, rows: model.predict(rows, raw_score=True)


def xgboost():
    import xgboost as peer

    parameters = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": args.leaves, "eta": 0.1, "nthread": args.threads}
    return f"XGBoost {peer.__version__}", lambda: peer.train(parameters, peer.DMatrix(x, y), args.trees), lambda model, rows: model.predict(peer.DMatrix(rows), output_margin=True)


def sklearn():
    import sklearn as peer
    from sklearn.ensemble import HistGradientBoostingClassifier

    def fit():
        return HistGradientBoostingClassifier(max_iter=args.trees, max_leaf_nodes=args.leaves, learning_rate=0.1, early_stopping=False).fit(x, y)

    return f"scikit-learn {peer.__version__}", fit, lambda model, rows: model.decision_function(rows)


print(f"{args.rows} x {args.columns}, {args.leaves} leaves, {args.trees} trees, {args.threads} threads, median of {args.repeats} after a warm-up")
print(f"{'':22}{'fit s':>10}{'processor s':>13}{'ours/peer':>11}{'processor':>11}{'predict s':>11}{'processor s':>13}{'ours/peer':>11}{'test AUC':>10}")
print(f"{'Strata':22}{ours['fit_seconds']:10.2f}{ours['fit_processor_seconds']:13.2f}{'':22}{ours['predict_seconds']:11.2f}{ours['predict_processor_seconds']:13.2f}{'':11}{ours['auc']:10.5f}")
for peer in args.peers.split(","):
    try:
        name, fit, score = {"lightgbm": lightgbm, "xgboost": xgboost, "sklearn": sklearn}[peer]()
    except ImportError as error:
        print(f"{peer:22}left out: {error}")
        continue
    model, wall, processor = timed(fit, args.repeats)
    _, predict, predict_processor = timed(lambda: score(model, x), 1)
    print(f"{name:22}{wall:10.2f}{processor:13.2f}{ours['fit_seconds'] / wall:11.3f}{ours['fit_processor_seconds'] / processor:11.3f}"
          f"{predict:11.2f}{predict_processor:13.2f}{ours['predict_processor_seconds'] / predict_processor:11.3f}{auc(score(model, x_test)):10.5f}", flush=True)
