"""Writes fanova.json: random trials of a function of numbers, a choice and a whole number, and what Optuna's fANOVA makes of them (3.1.0, mean of five forests)."""
import json
import math
import pathlib

import numpy as np
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def value(trial):
    rate = trial.suggest_float("rate", 1e-4, 1, log=True)
    depth = trial.suggest_int("depth", 1, 8)
    kernel = trial.suggest_categorical("kernel", ["a", "b", "c"])
    share = trial.suggest_float("share", 0, 1)
    return (math.log10(rate) + 2) ** 2 + 0.3 * depth + {"a": 0, "b": 1.5, "c": 0.5}[kernel] + 0.8 * share * (depth > 4)


study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(value, n_trials=300)
importances = [optuna.importance.get_param_importances(study, evaluator=optuna.importance.FanovaImportanceEvaluator(seed=seed)) for seed in range(5)]
names = ["rate", "depth", "kernel", "share"]
pathlib.Path(__file__).with_name("fanova.json").write_text(json.dumps({
    "trials": [[trial.params["rate"], trial.params["depth"], "abc".index(trial.params["kernel"]), trial.params["share"], trial.value] for trial in study.trials],
    "importance": {name: float(np.mean([importance[name] for importance in importances])) for name in names},
}) + "\n")
