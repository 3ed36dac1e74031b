#!/usr/bin/env python3
"""Makes forests.csv (a table with a class of two, a rare class and a number) and forests.json: what scikit-learn's forests reach on it, mean and standard deviation over seeds.

Rows 0 to 599 are for training, the others for testing; outliers.csv has planted outliers. Usage: python3 forests.py (scikit-learn 1.2.1)"""
import json
import pathlib

import numpy as np
from sklearn.ensemble import (AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier, BaggingRegressor, ExtraTreesClassifier, ExtraTreesRegressor, IsolationForest,
                              RandomForestClassifier, RandomForestRegressor)
from sklearn.metrics import balanced_accuracy_score, r2_score, roc_auc_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

here = pathlib.Path(__file__).parent
random = np.random.default_rng(0)
x = np.round(random.normal(size=(1200, 8)), 3)
x[:, 3] = np.round(np.exp(x[:, 3]), 3)
x[:, 4] = np.floor(3 * random.random(1200))
score = np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.5 * (x[:, 4] == 1) + 0.3 * np.log(x[:, 3])
two = (score + 0.6 * random.normal(size=1200) > 0.2).astype(int)
three = np.digitize(score + 0.6 * random.normal(size=1200), [-0.5, 0.8])
rare = (score + 0.6 * random.normal(size=1200) > 1.9).astype(int)
number = np.round(3 * score + random.normal(size=1200), 3)
names = [f"x{i}" for i in range(8)] + ["two", "three", "rare", "number"]
np.savetxt(here / "forests.csv", np.column_stack([x, two, three, rare, number]), delimiter=",", header=",".join(names), comments="", fmt=["%.3f"] * 8 + ["%d"] * 3 + ["%.3f"])

normal = random.normal(size=(600, 6)) @ random.normal(size=(6, 6)) * 0.5
planted = random.uniform(-6, 6, size=(30, 6))
points, truth = np.round(np.vstack([normal, planted]), 3), np.r_[np.zeros(600, int), np.ones(30, int)]
order = random.permutation(630)
np.savetxt(here / "outliers.csv", np.column_stack([points, truth])[order], delimiter=",", header=",".join([f"x{i}" for i in range(6)] + ["planted"]), comments="", fmt=["%.3f"] * 6 + ["%d"])

fit, test = slice(0, 600), slice(600, 1200)


def auc(model, y):
    return roc_auc_score(y[test], model.predict_proba(x[test])[:, 1])


def accuracy(model, y):
    return model.score(x[test], y[test])


def balanced(model, y):
    return balanced_accuracy_score(y[test], model.predict(x[test]))


def r2(model, y):
    return r2_score(y[test], model.predict(x[test]))


def oob(model, y):
    return model.oob_score_


stump, deep = DecisionTreeClassifier(max_depth=1), DecisionTreeClassifier(max_depth=3)
cases = {
    "random_forest_auc": (lambda s: RandomForestClassifier(100, random_state=s), two, auc),
    "random_forest_entropy_auc": (lambda s: RandomForestClassifier(100, criterion="entropy", random_state=s), two, auc),
    "random_forest_accuracy": (lambda s: RandomForestClassifier(100, random_state=s), three, accuracy),
    "random_forest_oob_accuracy": (lambda s: RandomForestClassifier(100, oob_score=True, random_state=s), three, oob),
    "random_forest_balanced_accuracy": (lambda s: RandomForestClassifier(100, min_samples_leaf=10, class_weight="balanced", random_state=s), rare, balanced),
    "random_forest_balanced_per_tree_accuracy": (lambda s: RandomForestClassifier(100, min_samples_leaf=10, class_weight="balanced_subsample", random_state=s), rare, balanced),
    "random_forest_r2": (lambda s: RandomForestRegressor(100, max_features=1 / 3, random_state=s), number, r2),
    "random_forest_oob_r2": (lambda s: RandomForestRegressor(100, max_features=1 / 3, oob_score=True, random_state=s), number, oob),
    "extra_trees_auc": (lambda s: ExtraTreesClassifier(100, random_state=s), two, auc),
    "extra_trees_accuracy": (lambda s: ExtraTreesClassifier(100, random_state=s), three, accuracy),
    "extra_trees_r2": (lambda s: ExtraTreesRegressor(100, random_state=s), number, r2),
    "bagging_auc": (lambda s: BaggingClassifier(DecisionTreeClassifier(), 100, max_samples=0.5, bootstrap=False, random_state=s), two, auc),
    "bagging_r2": (lambda s: BaggingRegressor(DecisionTreeRegressor(), 100, random_state=s), number, r2),
    "adaboost_stumps_auc": (lambda s: AdaBoostClassifier(stump, n_estimators=50, algorithm="SAMME", random_state=s), two, auc),
    "adaboost_slow_accuracy_of_three": (lambda s: AdaBoostClassifier(deep, n_estimators=100, learning_rate=0.1, algorithm="SAMME", random_state=s), three, accuracy),
    "adaboost_slow_auc": (lambda s: AdaBoostClassifier(deep, n_estimators=100, learning_rate=0.1, algorithm="SAMME", random_state=s), two, auc),
    "adaboost_stumps_accuracy": (lambda s: AdaBoostClassifier(stump, n_estimators=50, algorithm="SAMME", random_state=s), two, accuracy),
    "adaboost_r2": (lambda s: AdaBoostRegressor(DecisionTreeRegressor(max_depth=3), n_estimators=50, random_state=s), number, r2),
}
result = {}
for name, (make, y, measure) in cases.items():
    values = [measure(make(seed).fit(x[fit], y[fit]), y) for seed in range(10)]
    result[name] = {"mean": round(float(np.mean(values)), 6), "sd": round(float(np.std(values, ddof=1)), 6)}

rows, labels = points[order], truth[order]
values = [roc_auc_score(labels, -IsolationForest(n_estimators=100, random_state=seed).fit(rows).score_samples(rows)) for seed in range(10)]
result["isolation_forest_auc"] = {"mean": round(float(np.mean(values)), 6), "sd": round(float(np.std(values, ddof=1)), 6)}
(here / "forests.json").write_text(json.dumps(result, indent=1) + "\n")
