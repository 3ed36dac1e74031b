"""Makes splits.json: what scikit-learn's (1.2.1) split rules give. Run: python3 make_splits.py > splits.json

Strata shuffles by a generator of its own, so that for shuffled rules only what chance does not decide is kept: how many rows a fold tests, how many of each class, how
even groups make folds. Rules without chance are kept row by row.
"""
import json
import warnings

import numpy as np
from sklearn.model_selection import GroupKFold, KFold, RepeatedKFold, RepeatedStratifiedKFold, StratifiedGroupKFold, StratifiedKFold, TimeSeriesSplit, train_test_split

warnings.simplefilter("ignore")
rng = np.random.RandomState(7)


def in_order_of_appearance(codes):
    """Class codes renamed 0, 1, 2... as they first appear, which is the order in which scikit-learn deals them."""
    names = {}
    return np.array([names.setdefault(code, len(names)) for code in codes])


def folds_of(splitter, codes, groups=None):
    try:
        return [test for _, test in splitter.split(np.zeros(len(codes)), codes, groups)]
    except ValueError:
        return None


def counts(tests, codes):
    return None if tests is None else [np.bincount(codes[test], minlength=codes.max() + 1).tolist() for test in tests]


def unevenness(tests, codes):
    """Mean over the classes of the deviation, between folds, of the share of a class that the fold tests: what StratifiedGroupKFold lowers."""
    totals = np.bincount(codes, minlength=codes.max() + 1)
    shares = np.array(counts(tests, codes)) / totals
    return float(shares.std(axis=0).mean())


k_fold = [{"rows": rows, "folds": folds, "sizes": None if tests is None else [len(test) for test in tests]}
          for rows, folds in [(10, 5), (11, 5), (103, 7), (5, 5), (4, 5), (2, 2), (9, 1000)]
          for tests in [folds_of(KFold(folds, shuffle=True, random_state=1), np.zeros(rows, int)) if rows >= folds else None]]

stratified = []
for codes, folds in [
    (rng.randint(0, 3, 60), 5), (rng.randint(0, 2, 31), 4), (np.array([0] * 20 + [1] * 3), 5), (np.array([0, 1] * 7 + [2]), 7), (np.zeros(9, int), 3),
    (np.array([0, 0, 1, 1, 2]), 3), (rng.choice(4, 200, p=[0.7, 0.2, 0.08, 0.02]), 10),
]:
    codes = in_order_of_appearance(codes)
    stratified.append({"codes": codes.tolist(), "folds": folds, "counts": counts(folds_of(StratifiedKFold(folds, shuffle=True, random_state=1), codes), codes)})

group = []
for groups, folds in [
    (rng.randint(0, 12, 100), 5), (np.repeat(np.arange(8), [40, 9, 9, 8, 7, 3, 2, 1]), 3), (np.arange(20), 6), (np.zeros(10, int), 2), (np.array([0, 0, 0, 1]), 2),
    (np.repeat(np.arange(30), rng.randint(1, 20, 30)), 10), (np.array([1, 1, 2, 2]), 5),
]:
    tests = folds_of(GroupKFold(folds), np.zeros(len(groups), int), groups)
    group.append({"groups": groups.tolist(), "folds": folds, "sizes": None if tests is None else sorted(len(test) for test in tests)})

stratified_group = []
for rows, group_count, classes, folds in [(300, 40, 3, 5), (600, 90, 2, 5), (120, 12, 2, 3), (200, 200, 2, 4), (500, 25, 4, 5), (80, 6, 2, 3)]:
    groups = rng.randint(0, group_count, rows)
    codes = in_order_of_appearance(np.where(rng.rand(rows) < 0.6, groups % classes, rng.randint(0, classes, rows)))
    stratified_group.append({
        "codes": codes.tolist(), "groups": groups.tolist(), "folds": folds, "unevenness": unevenness(folds_of(StratifiedGroupKFold(folds), codes, groups), codes),
    })

series = []
for rows, folds, test, gap, most in [
    (20, 4, None, 0, None), (23, 3, 4, 2, None), (50, 5, None, 1, 10), (17, 2, None, 0, 3), (12, 11, None, 0, None), (13, 3, 1, 0, None), (40, 4, 5, 7, None), (40, 4, 5, 7, 6),
    (40, 4, None, 0, 100), (6, 3, 2, 0, None), (10, 4, None, 4, None), (9, 2, 3, 2, 1),
]:
    splits = None
    try:
        splits = [[train.tolist(), tested.tolist()] for train, tested in TimeSeriesSplit(n_splits=folds, test_size=test, gap=gap, max_train_size=most).split(np.zeros(rows))]
        splits = None if any(not train for train, _ in splits) else splits  # scikit-learn lets a fold learn from nothing; Strata refuses it.
    except ValueError:
        pass
    series.append({"rows": rows, "folds": folds, "test_rows": test, "gap": gap, "most": most, "splits": splits})

repeated = []
for rows, folds, repeats in [(30, 3, 4), (17, 5, 2)]:
    codes = in_order_of_appearance(rng.randint(0, 2, rows))
    plain = folds_of(RepeatedKFold(n_splits=folds, n_repeats=repeats, random_state=1), codes)
    kept = folds_of(RepeatedStratifiedKFold(n_splits=folds, n_repeats=repeats, random_state=1), codes)
    repeated.append({"codes": codes.tolist(), "folds": folds, "repeats": repeats, "sizes": [len(test) for test in plain], "counts": counts(kept, codes)})

held_out = []
for codes, share in [(rng.randint(0, 3, 100), 0.2), (rng.randint(0, 2, 57), 0.25), (np.array([0] * 30 + [1] * 2), 0.1), (rng.choice(3, 90, p=[0.8, 0.15, 0.05]), 1 / 3), (np.array([0, 0, 0, 1]), 0.5)]:
    codes = in_order_of_appearance(codes)
    try:
        _, test = train_test_split(np.arange(len(codes)), test_size=share, stratify=codes, random_state=1)
        tested = np.bincount(codes[test], minlength=codes.max() + 1).tolist()
    except ValueError:
        tested = None
    held_out.append({"codes": codes.tolist(), "share": share, "rows": len(train_test_split(np.arange(len(codes)), test_size=share)[1]), "counts": tested})

print(json.dumps({
    "k_fold": k_fold, "stratified": stratified, "group": group, "stratified_group": stratified_group, "series": series, "repeated": repeated, "held_out": held_out,
}))
