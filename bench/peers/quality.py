#!/usr/bin/env python3
"""5-fold scores of Strata's `lightgbm` and `xgboost` presets beside the libraries themselves with the same parameters, on real tables.

Usage: python3 bench/peers/quality.py DIR [--only adult,car,...] [--folds 5] [--seed 0] [--threads 2] [--dry]
DIR holds CSV files (also .csv.gz); the target is the column listed in real.py. Every contestant gets the same folds, the same codes for categories, and the parameters that its defaults are.
Writes a section of bench/results.md (not with --dry or --only). Needs numpy, pandas and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import pathlib
import tempfile

import numpy as np

import contest
import real
import tables

PAIRS = [("lightgbm", {}), ("xgboost", {})]

parser = argparse.ArgumentParser()
parser.add_argument("directory", type=pathlib.Path)
parser.add_argument("--only", default=",".join(real.TARGETS))
for name, value in [("folds", 5), ("seed", 0), ("threads", 2)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()


def folds(y, classes, random):
    """The fold of each row; each class is spread evenly."""
    fold = np.empty(len(y), int)
    for code in range(classes) if classes else [None]:
        rows = np.flatnonzero(y == code) if classes else np.arange(len(y))
        fold[random.permutation(rows)] = (np.arange(len(rows)) + random.integers(args.folds)) % args.folds
    return fold


def score(predictions, y):
    """What the table is judged by: AUC, log loss or root mean squared error."""
    if predictions.ndim == 1:
        return "RMSE", np.sqrt(contest.losses(predictions, y).mean())
    return ("AUC", contest.auc(predictions[:, 1], y)) if predictions.shape[1] == 2 else ("log loss", contest.losses(predictions, y).mean())


head = ["table", "rows", "score", "preset", "Strata", "peer", "standard error", "behind, in standard errors", "rows pairwise, in standard errors"]
lines = [f"{args.folds}-fold cross-validation (seed {args.seed}, classes spread evenly), mean of the folds; the same folds, codes and parameters (each library's defaults, 100 rounds) for both. The standard error is that of the peer's mean",
         "over the folds; how far Strata is behind is told in it, and below zero is ahead. The last column compares the loss of all unseen rows pairwise (log loss, squared error), which knows nothing of how much a refit changes. Command: `python3 bench/peers/quality.py DIR`", "",
         "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
print("\n".join(lines[3:]))
for name in args.only.split(","):
    x, levels, y, classes = real.read(args.directory, name)
    fold = folds(y, classes, np.random.default_rng(args.seed))
    for preset, values in PAIRS:
        ours, theirs, gaps = [], [], []
        for k in range(args.folds):
            with tempfile.TemporaryDirectory() as folder:
                table = tables.save(pathlib.Path(folder), name, x[fold != k], y[fold != k], x[fold == k], y[fold == k], classes, levels)
                own, problem = contest.strata(table, preset, values, args.threads, 0, args.seed)
                if own is None:
                    raise SystemExit(f"Strata failed on {name}: {problem}")
                other, problem = contest.peer(preset, table, {"preset": True, "trees": 100, "threads": args.threads, "repeats": 0})
                if other is None:
                    raise SystemExit(f"{preset} failed on {name}: {problem}")
                truth = contest.targets(table)
            kind, mine = score(own["predictions"], truth)
            ours.append(mine)
            theirs.append(score(other["predictions"], truth)[1])
            gaps.append(contest.losses(own["predictions"], truth) - contest.losses(other["predictions"], truth))
        gap = np.concatenate(gaps)
        error = np.std(theirs, ddof=1) / np.sqrt(args.folds)
        behind = (np.mean(theirs) - np.mean(ours) if kind == "AUC" else np.mean(ours) - np.mean(theirs)) / error
        lines.append(f"| {name} | {len(y)} | {kind} | {preset} | {np.mean(ours):.4f} | {np.mean(theirs):.4f} | {error:.4f} | {behind:+.2f} | {contest.difference(gap, 0 * gap):+.1f} |")
        print(lines[-1], flush=True)
if not args.dry and args.only == ",".join(real.TARGETS):
    contest.write_section("Presets beside the libraries on real tables", lines)
