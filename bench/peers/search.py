#!/usr/bin/env python3
"""Search by TPE of Strata beside Optuna's, on functions with known minima: best value seed by seed (Mann-Whitney) and the cost of choosing a point.

Usage: python3 bench/peers/search.py [--trials 100] [--seeds 20] [--overhead-trials 500] [--multivariate]
Needs Optuna, SciPy and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore")

import numpy as np
import optuna
from scipy.stats import mannwhitneyu

optuna.logging.set_verbosity(optuna.logging.ERROR)
parser = argparse.ArgumentParser()
for name, value in [("trials", 100), ("seeds", 20), ("overhead-trials", 500)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--multivariate", action="store_true", help="Optuna's multivariate TPE instead of its default")
args = parser.parse_args()

root = pathlib.Path(__file__).resolve().parents[2]
program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
if not program.exists():
    sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")
ours = json.loads(subprocess.run(
    [program, "search", *(str(part) for name in ["trials", "seeds", "overhead-trials"] for part in ("--" + name, getattr(args, name.replace("-", "_"))))],
    check=True, capture_output=True, text=True).stdout)

ALPHA = np.array([1.0, 1.2, 3.0, 3.2])
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = np.array([[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
              [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]])


def branin(x):
    return (x[1] - 5.1 / (4 * np.pi ** 2) * x[0] ** 2 + 5 / np.pi * x[0] - 6) ** 2 + 10 * (1 - 1 / (8 * np.pi)) * np.cos(x[0]) + 10


def hartmann(x):
    return -float(ALPHA @ np.exp(-(A * (np.asarray(x) - P) ** 2).sum(axis=1)))


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def sphere(x):
    return sum((value - 0.3) ** 2 for value in x)


def best(function, bounds, seed, trials):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, multivariate=args.multivariate))
    study.optimize(lambda trial: function([trial.suggest_float(f"x{i}", low, high) for i, (low, high) in enumerate(bounds)]), n_trials=trials)
    return study.best_value


print(f"{args.trials} trials, {args.seeds} seeds; p: chance of so low values by Strata if both were alike, and of so high ones")
print(f"{'':14}{'Optuna ' + optuna.__version__ + ' mean':>22}{'median':>10}{'Strata mean':>14}{'median':>10}{'p lower':>10}{'p higher':>10}")
for name, function, bounds in [("branin", branin, [(-5, 10), (0, 15)]), ("hartmann6", hartmann, [(0, 1)] * 6), ("rosenbrock5", rosenbrock, [(-5, 10)] * 5)]:
    theirs = [best(function, bounds, seed, args.trials) for seed in range(args.seeds)]
    own = ours["best"][name]
    lower = mannwhitneyu(own, theirs, alternative="less").pvalue
    higher = mannwhitneyu(own, theirs, alternative="greater").pvalue
    print(f"{name:14}{np.mean(theirs):22.4f}{np.median(theirs):10.4f}{np.mean(own):14.4f}{np.median(own):10.4f}{lower:10.4f}{higher:10.4f}")

began = time.process_time()
best(sphere, [(0, 1)] * 10, 1, args.overhead_trials)
theirs = (time.process_time() - began) * 1000 / args.overhead_trials
print(f"overhead per trial at {args.overhead_trials} trials x 10: Optuna {theirs:.2f} ms, Strata {ours['overhead_milliseconds']:.3f} ms processor time, ratio {ours['overhead_milliseconds'] / theirs:.4f}")
