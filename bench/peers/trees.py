#!/usr/bin/env python3
"""Trees of Strata beside LightGBM, XGBoost and scikit-learn, as far as they can be imported: the same rows, the same settings, the same minutes, each in a process of its own.

Usage: python3 bench/peers/trees.py [--only million,small,...] [--threads 2] [--repeats 5] [--others-repeats 5] [--dry]
Prints a table of ratios and writes it to bench/results.md (not with --dry). Installs nothing.
Needs numpy and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse

import contest
import tables

BOOSTERS = ["lightgbm", "lightgbm-quantised", "xgboost", "sklearn"]


def boosting(title, name, rows, columns=28, trees=100, leaves=255, goal=0.7, **made):
    return {"title": title, "table": lambda: tables.make(name, rows, columns, **made), "algorithm": "gradient_boosting", "goal": goal, "peers": BOOSTERS,
            "ours": {"trees": trees, "max_leaves": leaves, "learning_rate": 0.1, "min_rows_per_leaf": 20}, "theirs": {"trees": trees, "leaves": leaves, "rate": 0.1}}


WORK = {
    "million": boosting("boosting 1,000,000 x 28", "million", 1_000_000, goal=0.4),
    "hundred": boosting("boosting 100,000 x 28", "hundred", 100_000),
    "small": boosting("boosting 10,000 x 100", "small", 10_000, 100),
    "categories": boosting("boosting 100,000 x 28, 20 of them categories", "categories", 100_000),
    "missing": boosting("boosting 100,000 x 28, 30% missing", "missing", 100_000, missing=0.3),
    "multiclass": boosting("boosting 100,000 x 28, 7 classes, 31 leaves", "multiclass", 100_000, leaves=31, classes=7),
    "forest": {"title": "random forest 100,000 x 50, 100 trees", "table": lambda: tables.make("forest", 100_000, 50), "algorithm": "random_forest", "goal": 0.1, "peers": ["sklearn"],
               "ours": {"trees": 100}, "theirs": {"trees": 100, "forest": True}},
}

parser = argparse.ArgumentParser()
parser.add_argument("--only", default=",".join(WORK))
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--others-repeats", type=int, help="repeats for the peers that are not the fastest (XGBoost, scikit-learn); the same as --repeats unless given")
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()

head = ["work", "contestant", "fit s", "processor s", "ours / theirs", "by processor", "predict s", "ours / theirs", "memory MiB", "test loss", "AUC", "our loss - theirs, in standard errors"]
others = args.repeats if args.others_repeats is None else args.others_repeats
measured = f"medians of {args.repeats} after a warm-up" + ("" if others == args.repeats else f" (of {others} for XGBoost and scikit-learn)")
lines = [f"Wall and processor seconds on {args.threads} threads, {measured}; predicting is of the rows learned from; memory is what the first fit added to the process at its peak.",
         "Loss is the mean log loss of unseen rows; within one standard error is a tie, below zero is better for us. The settings are the same for all: 255 leaves unless said, 255 bins, 100 rounds, rate 0.1,",
         "at least 20 rows a leaf (XGBoost: a hessian that amounts to it). Command: `python3 bench/peers/trees.py`", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
print("\n".join(lines[4:]))


def add(*cells):
    lines.append("| " + " | ".join(cells) + " |")
    print(lines[-1], flush=True)


def quality(figures, y):
    predictions = figures["predictions"]
    score = contest.auc(predictions[:, 1], y) if predictions.ndim == 2 and predictions.shape[1] == 2 else None
    return [f"{contest.losses(predictions, y).mean():.5f}", f"{score:.5f}" if score else ""]


for name in args.only.split(","):
    work = WORK[name]
    table = work["table"]()
    y = contest.targets(table)
    ours, problem = contest.strata(table, work["algorithm"], work["ours"], args.threads, args.repeats)
    if ours is None:
        add(work["title"], f"Strata failed: {problem}", *[""] * 10)
        continue
    add(work["title"], "Strata", f"{ours['fit_seconds']:.2f}", f"{ours['fit_processor_seconds']:.2f}", f"goal {work['goal']}", "", f"{ours['predict_seconds']:.3f}", "", f"{ours['fit_mib']:.0f}", *quality(ours, y), "")
    own = contest.losses(ours["predictions"], y)
    for peer in work["peers"]:
        theirs, problem = contest.peer(peer, table, work["theirs"] | {"threads": args.threads, "repeats": args.repeats if "lightgbm" in peer or len(work["peers"]) == 1 else others})
        if theirs is None:
            add("", f"{peer} left out: {problem}", *[""] * 10)
            continue
        add("", theirs["name"], f"{theirs['fit_seconds']:.2f}", f"{theirs['fit_processor_seconds']:.2f}", f"**{ours['fit_seconds'] / theirs['fit_seconds']:.2f}**",
            f"{ours['fit_processor_seconds'] / theirs['fit_processor_seconds']:.2f}", f"{theirs['predict_seconds']:.3f}", f"{ours['predict_seconds'] / theirs['predict_seconds']:.2f}",
            f"{theirs['fit_mib']:.0f}", *quality(theirs, y), f"{contest.difference(own, contest.losses(theirs['predictions'], y)):+.1f}")
    if not args.dry:
        contest.write_section("Trees beside their peers", lines)
