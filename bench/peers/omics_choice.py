#!/usr/bin/env python3
"""On whom ROSMAP's columns were chosen, and how far that flatters: python3 omics_choice.py DIR (with rosmap/) [REPEATS]

Prints the smallest two-sample t of each block's columns over all patients of the training part, then accuracy and AUC of a logistic regression of each block (probabilities averaged) with all
columns, with the better half of each block's by all patients, and with the better half by the training rows of each fold.
"""
import os
import sys

import numpy as np
from sklearn.feature_selection import f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

BLOCKS = {"mRNA": "1_tr.csv", "methylation": "2_tr.csv", "miRNA": "3_tr.csv"}


def best(rows, classes, count):
    return np.argsort(-f_classif(rows, classes)[0])[:count]


def probabilities(train, classes, test, strength):
    means, spreads = train.mean(0), train.std(0)
    spreads[spreads == 0] = 1
    model = LogisticRegression(C=strength, max_iter=2000).fit((train - means) / spreads, classes)
    return model.predict_proba((test - means) / spreads)[:, 1]


folder, repeats = os.path.join(sys.argv[1], "rosmap"), int(sys.argv[2]) if len(sys.argv) > 2 else 10
blocks = {name: np.loadtxt(os.path.join(folder, file), delimiter=",") for name, file in BLOCKS.items()}
classes = np.loadtxt(os.path.join(folder, "labels_tr.csv"), delimiter=",").astype(int)
for name, rows in blocks.items():
    print(name, "smallest t:", np.sort(np.sqrt(f_classif(rows, classes)[0]))[:4].round(3), "median:", np.median(np.sqrt(f_classif(rows, classes)[0])).round(2))

scores = {}
for repeat in range(repeats):
    answers = {}
    for train, test in StratifiedKFold(5, shuffle=True, random_state=repeat).split(classes, classes):
        for rows in blocks.values():
            every, half = np.arange(rows.shape[1]), rows.shape[1] // 2
            kept = {"all columns": every, "better half by all patients": best(rows, classes, half), "better half by training rows": best(rows[train], classes[train], half)}
            for name, columns in kept.items():
                strength = 0.03 * len(every) / len(columns)
                answers.setdefault(name, np.zeros(len(classes)))[test] += probabilities(rows[train][:, columns], classes[train], rows[test][:, columns], strength) / len(blocks)
    for name, answer in answers.items():
        scores.setdefault(name, []).append((np.mean((answer >= 0.5) == classes), roc_auc_score(classes, answer)))

first = np.array(scores["all columns"])
for name, pairs in scores.items():
    pairs = np.array(pairs)
    error = (pairs - first).std(0, ddof=1) / np.sqrt(repeats)
    print(f"{name}: accuracy {pairs[:, 0].mean():.3f}, AUC {pairs[:, 1].mean():.3f}; beside all columns {(pairs - first)[:, 0].mean():+.3f} +- {error[0]:.3f}, {(pairs - first)[:, 1].mean():+.3f} +- {error[1]:.3f}")
