#!/usr/bin/env python3
"""TreeSHAP of Strata beside XGBoost's pred_contribs and pred_interactions: the same trees, the same rows, the same threads.

Usage: python3 bench/peers/shap.py [--rows 10000] [--trees 100] [--depth 6] [--features 28] [--threads 2]
Needs numpy and xgboost (Debian: python3-xgboost) and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
for name, value in [("rows", 10_000), ("trees", 100), ("depth", 6), ("features", 28), ("threads", 2), ("runs", 5), ("pair-rows", 500), ("background", 100)]:
    parser.add_argument("--" + name, type=int, default=value)
args = parser.parse_args()
try:
    import numpy as np
    import xgboost as xgb
except ImportError as error:
    sys.exit(f"{error}: install it to compare; scikit-learn alone has no TreeSHAP, so there is no other peer here.")

root = pathlib.Path(__file__).resolve().parents[2]
program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
if not program.exists():
    sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")


def arrays(raw):
    """One tree by node. XGBoost sends x < threshold left in single precision: the same as x <= the next float below."""
    left, numbers = np.array(raw["left_children"]), np.array(raw["split_conditions"], dtype=np.float32)
    leaf = left < 0
    return {
        "feature": np.where(leaf, -1, raw["split_indices"]).tolist(),
        "threshold": np.where(leaf, 0, np.nextafter(numbers, np.float32(-np.inf)).astype(float)).tolist(),
        "left": left.tolist(), "right": raw["right_children"], "missing_left": [int(flag) for flag in raw["default_left"]],
        "value": np.where(leaf, numbers, 0).astype(float).tolist(),
        "cover": np.array(raw["sum_hessian"], dtype=np.float32).astype(float).tolist(),
    }


rng = np.random.RandomState(1)
train = 100_000
x = rng.randn(train + args.rows, args.features).astype(np.float32)
x[rng.rand(*x.shape) < 0.02] = np.nan
z = np.nan_to_num(x)
score = z[:, 0] + z[:, 1] * z[:, 2] + np.sin(2 * z[:, 3]) + 0.5 * z[:, 4] ** 2 + z[:, 5] * (z[:, 6] > 0) + rng.randn(len(x))
y = (score > np.median(score)).astype(int)
booster = xgb.train(
    {"objective": "binary:logistic", "max_depth": args.depth, "tree_method": "hist", "nthread": args.threads, "base_score": 0.5, "min_child_weight": 0.1},
    xgb.DMatrix(x[:train], y[:train]), args.trees)
rows = np.ascontiguousarray(x[train:])
matrix = xgb.DMatrix(rows, nthread=args.threads)



def timed(work, runs):
    result, wall, processor = work(), [], []
    for _ in range(runs):
        began, began_processor = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return result, float(np.median(wall)), float(np.median(processor))


first = xgb.DMatrix(rows[:args.pair_rows], nthread=args.threads)
contributions, peer, peer_processor = timed(lambda: booster.predict(matrix, pred_contribs=True), args.runs)
interactions, peer_pairs, peer_pairs_processor = timed(lambda: booster.predict(first, pred_interactions=True), 1)

trees = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"]["trees"]
folder = root / "bench/data/shap"
folder.mkdir(parents=True, exist_ok=True)
(folder / "trees.json").write_text(json.dumps({"feature_count": args.features, "base": 0.0, "trees": [arrays(tree) for tree in trees]}))
rows.tofile(folder / "rows.f32")
contributions.astype(np.float32).tofile(folder / "contributions.f32")
interactions.astype(np.float32).tofile(folder / "interactions.f32")

ours = json.loads(subprocess.run([program, "shap", "--data", folder, "--threads", str(args.threads), "--repeats", str(args.runs), "--pair-rows", str(args.pair_rows), "--background", str(args.background)], check=True, capture_output=True, text=True).stdout)
print(f"{len(trees)} trees of depth {args.depth}, {args.features} columns, {args.threads} threads, XGBoost {xgb.__version__}; median of {args.runs}")
print(f"{'':44}{'theirs s':>10}{'processor':>11}{'ours s':>9}{'processor':>11}{'ratio':>8}{'processor':>11}{'difference':>12}")
for what, wall, processor, prefix, difference in [
    (f"contributions of {args.rows} rows", peer, peer_processor, "", "largest_difference"),
    (f"interactions of {args.pair_rows} rows", peer_pairs, peer_pairs_processor, "pair_", "largest_pair_difference"),
]:
    own, own_processor = ours[prefix + "seconds"], ours[prefix + "processor_seconds"]
    print(f"{what:44}{wall:10.3f}{processor:11.3f}{own:9.3f}{own_processor:11.3f}{own / wall:8.4f}{own_processor / processor:11.4f}{ours[difference]:12.1e}")
print(f"{f'interventional, {args.rows} rows, background {args.background}':44}{'':21}{ours['interventional_seconds']:9.3f}{ours['interventional_processor_seconds']:11.3f}")
