#!/usr/bin/env python3
"""Tuning boosting on real tables by Strata's TPE beside Optuna's: the same function (Strata's own boosting, cross-validated), the same number of trials, best value seed by seed (Mann-Whitney).

Usage: python3 bench/peers/tune.py DIR [--only phoneme,cmc,abalone] [--trials 40] [--seeds 20] [--dry]
DIR holds CSV files as quality.py takes them. Writes a section of bench/results.md (not with --dry or --only).
Needs Optuna, SciPy, pandas and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import subprocess
import tempfile
import warnings

import numpy as np

import contest
import real
import tables

warnings.simplefilter("ignore")
import optuna  # noqa: E402
from scipy.stats import mannwhitneyu  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.ERROR)
USUAL = "phoneme,cmc,abalone"
parser = argparse.ArgumentParser()
parser.add_argument("directory", type=pathlib.Path)
parser.add_argument("--only", default=USUAL)
for name, value in [("trials", 40), ("seeds", 20)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()


def optuna_best(folder, seeds, trials):
    """Optuna's default TPE; each point is answered by Strata's bench over a pipe."""
    with subprocess.Popen([contest.PROGRAM, "tune", "--ask", "--data", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as answers:
        space = json.loads(answers.stdout.readline())

        def objective(trial):
            point = [trial.suggest_int(p["name"], int(p["low"]), int(p["high"]), log=p["log"]) if p["integer"] else trial.suggest_float(p["name"], p["low"], p["high"], log=p["log"]) for p in space]
            answers.stdin.write(json.dumps(point) + "\n")
            answers.stdin.flush()
            return float(answers.stdout.readline())

        best = []
        for seed in range(seeds):
            study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
            study.optimize(objective, n_trials=trials)
            best.append(study.best_value)
        answers.stdin.close()
    return best


head = ["table", "loss", "Optuna mean", "median", "Strata mean", "median", "p (Strata lower)", "p (Strata higher)"]
lines = [f"Best of {args.trials} trials over {args.seeds} seeds by Strata's TPE and by Optuna {optuna.__version__}'s default one, on the same function: the three-fold loss of Strata's boosting",
         "(60 rounds) of six settings. Command: `python3 bench/peers/tune.py DIR`", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
print("\n".join(lines[3:]))
for name in args.only.split(","):
    x, levels, y, classes = real.read(args.directory, name)
    with tempfile.TemporaryDirectory() as folder:
        table = tables.save(pathlib.Path(folder), name, x, y, x[:1], y[:1], classes, levels)
        with subprocess.Popen([contest.PROGRAM, "tune", "--data", table, "--trials", str(args.trials), "--seeds", str(args.seeds)], stdout=subprocess.PIPE, text=True) as running:
            theirs = optuna_best(table, args.seeds, args.trials)
            ours = json.loads(running.communicate()[0])
    lower, higher = (mannwhitneyu(ours, theirs, alternative=side).pvalue for side in ["less", "greater"])
    lines.append(f"| {name} | {'log loss' if classes else 'RMSE'} | {np.mean(theirs):.5f} | {np.median(theirs):.5f} | {np.mean(ours):.5f} | {np.median(ours):.5f} | {lower:.3f} | {higher:.3f} |")
    print(lines[-1], flush=True)
if not args.dry and args.only == USUAL:
    contest.write_section("Tuning boosting by TPE beside Optuna", lines)
