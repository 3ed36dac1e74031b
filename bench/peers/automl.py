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


def row(ours, metric, table):
    """The others' scores of a table, and by how much each is ahead of ours as a part of its own; None where there is none."""
    theirs = [number(published.get(table, {}).get(column)) for _, column in OTHERS]
    return theirs, [None if their is None else (their - ours if metric == "roc_auc" else ours - their) / their for their in theirs]


def summary(what, gaps):
    """On how many tables a score is ahead of each other's, and the median distance from AutoGluon."""
    columns = [[gap for gap in column if gap is not None] for column in zip(*gaps)]
    ahead = ", ".join(f"{name} on {sum(gap < 0 for gap in column)} of {len(column)}" for (name, _), column in zip(OTHERS, columns))
    return f"{what}: ahead of {ahead}; median behind AutoGluon by {100 * statistics.median(columns[2]):.2f}%."


scores = {}
for line in open(sys.argv[1]):
    run = json.loads(line)
    scores.setdefault((run["table"], run["limit"]), []).append(run)
published = {entry["file"].split(".")[0]: entry for entry in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
for limit in sorted({limit for _, limit in scores}):
    print(f"**{limit} seconds**:\n\n| table | metric | folds | Strata | standard error | unseen in training | " + " | ".join(name for name, _ in OTHERS) + " |")
    print("|---" * (6 + len(OTHERS)) + "|")
    tested, unseen = [], []
    for (table, _), runs in sorted((key, runs) for key, runs in scores.items() if key[1] == limit):
        own, metric = [run["score"] for run in runs], runs[0]["metric"]
        ours, inner = statistics.mean(own), statistics.mean(run["validation"] for run in runs)
        error = f"{statistics.stdev(own) / len(own) ** 0.5:.5f}" if len(own) > 1 else "-"
        theirs, gaps = row(ours, metric, table)
        print(f"| {table} | {metric} | {len(runs)} | {ours:.5f} | {error} | {inner:.5f} | " + " | ".join("-" if their is None else f"{their:.4f}" for their in theirs) + " |")
        tested.append(gaps)
        unseen.append(row(inner, metric, table)[1])
    print("\n" + summary("By the tested folds", tested) + "\n\n" + summary("By rows unseen in training", unseen) + "\n")
