#!/usr/bin/env python3
"""Strata's AutoML beside the published scores of others, as a table.

Usage: python3 bench/peers/automl.py SCORES PUBLISHED
SCORES: the lines of `strata-bench automl`. PUBLISHED: a csv with a row a table, columns file, metric, ag_lightgbm, ag_catboost, ag1_best_5m, jmlr2024_H2O, jmlr2024_FLAML, jmlr2024_LightAutoML."""
import csv
import json
import statistics
import sys

OTHERS = [("LightGBM", "ag_lightgbm"), ("CatBoost", "ag_catboost"), ("AutoGluon 1.0, 5 min", "ag1_best_5m"), ("H2O", "jmlr2024_H2O"), ("FLAML", "jmlr2024_FLAML"), ("LightAutoML", "jmlr2024_LightAutoML")]


def number(text):
    """The mean of '0.74±0.05'; None where there is none."""
    text = (text or "").split("±")[0].strip()
    try:
        return float(text)
    except ValueError:
        return None


scores = {}
for line in open(sys.argv[1]):
    run = json.loads(line)
    scores.setdefault((run["table"], run["limit"]), []).append(run)
published = {row["file"].split(".")[0]: row for row in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
print("| table | metric | seconds | folds | Strata | " + " | ".join(name for name, _ in OTHERS) + " |")
print("|---" * (5 + len(OTHERS)) + "|")
ahead, counted, distances = {name: 0 for name, _ in OTHERS}, {name: 0 for name, _ in OTHERS}, []
for (table, limit), runs in sorted(scores.items()):
    ours, metric = statistics.mean(run["score"] for run in runs), runs[0]["metric"]
    cells = []
    for name, column in OTHERS:
        theirs = number(published.get(table, {}).get(column))
        cells.append("-" if theirs is None else f"{theirs:.4f}")
        if theirs is not None:
            counted[name] += 1
            ahead[name] += ours > theirs if metric == "roc_auc" else ours < theirs
            if column == "ag1_best_5m":
                distances.append((theirs - ours) / theirs if metric == "roc_auc" else (ours - theirs) / theirs)
    print(f"| {table} | {metric} | {limit} | {len(runs)} | {ours:.5f} | " + " | ".join(cells) + " |")
print("\nAhead of " + ", ".join(f"{name} on {ahead[name]} of {counted[name]}" for name, _ in OTHERS) + f"; median behind AutoGluon by {100 * statistics.median(distances):.2f}%." if distances else "")
