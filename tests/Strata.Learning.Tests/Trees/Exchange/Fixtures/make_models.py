"""Makes the models, held-out rows and makers' own answers that the import is tested with.

Run with Python 3, numpy, pandas, xgboost (1.7.4 made the files here) and lightgbm (4.6.0):

    python3 make_models.py

Each case is a model file and <case>.answers.json: the columns of the held-out rows (numbers or texts, null where missing), the maker's predictions
[rows][outputs] and, where the maker's contributions are of the same scores as ours, contributions [rows][outputs][columns + 1], the bias last.
"""
import json
import os

import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, HELD_OUT = 600, 30
LEVELS = ["ash", "birch", "cedar", "fir", "larch", "oak", "pine"]


def numbers(seed, missing=0.0, zeros=0.0):
    chance = np.random.default_rng(seed)
    x = chance.normal(size=(ROWS + HELD_OUT, 5))
    x[:, 1] = np.round(x[:, 1] * 3)
    x[:, 4] *= 1e4
    score = np.sin(x[:, 0]) + 0.3 * x[:, 1] + x[:, 2] * (x[:, 3] > 0) + x[:, 4] / 3e4 + 0.1 * chance.normal(size=len(x))
    x[chance.random(x.shape) < missing] = np.nan
    x[chance.random(x.shape) < zeros] = 0
    return x, score, chance


def categories(seed, level_count=7, missing=0.2):
    """Numbers, and two columns of codes; code 6 of the first and codes 3 to 5 of the second are only in held-out rows."""
    x, score, chance = numbers(seed)
    first, second = chance.integers(0, level_count, len(x)).astype(float), chance.integers(0, 6, len(x)).astype(float)
    first[:ROWS][first[:ROWS] == 6] = 2
    second[:ROWS] %= 3
    score += np.isin(first, [0, 3, 6]) * 2.0 - (second == 1) * 1.5
    first[chance.random(len(x)) < missing] = np.nan
    second[chance.random(len(x)) < missing] = np.nan
    return np.column_stack([x[:, :3], first, second]), score


def listed(values):
    return [None if value is None or value != value else value for value in values]


def columns_of(rows, names, category_names=()):
    result = []
    for i, name in enumerate(names):
        if name in category_names:
            texts = rows[name] if isinstance(rows, pd.DataFrame) else [None if v != v else str(int(v)) for v in rows[:, i]]
            result.append({"name": name, "texts": listed([None if text is None or text != text else str(text) for text in texts])})
        else:
            column = rows[name].to_numpy() if isinstance(rows, pd.DataFrame) else rows[:, i]
            result.append({"name": name, "numbers": listed([float(v) for v in column])})
    return result


def write(case, model_file, columns, predictions, contributions=None, **options):
    predictions = np.asarray(predictions, dtype=float)
    answers = {"model": model_file, "columns": columns, "predictions": predictions.reshape(len(predictions), -1).tolist(), **options}
    if contributions is not None:
        contributions = np.asarray(contributions, dtype=float)
        answers["contributions"] = contributions.reshape(len(predictions), -1, len(columns) + 1).tolist()
    with open(os.path.join(HERE, case + ".answers.json"), "w") as file:
        json.dump(answers, file)
        file.write("\n")


def path(name):
    return os.path.join(HERE, name)


def near_thresholds(model, rows):
    """Moves some held-out numbers onto, just below and half-way below the model's float thresholds, where rounding decides."""
    rows = rows.copy()
    trees = model.trees_to_dataframe()
    trees = trees[trees["Feature"] != "Leaf"].dropna(subset=["Split"])
    names = model.feature_names or [f"f{i}" for i in range(rows.shape[1])]
    for place, (_, node) in enumerate(trees.head(4 * (len(rows) // 2)).iterrows()):
        threshold = np.float32(node["Split"])
        below = np.float64(np.nextafter(threshold, np.float32(-np.inf)))
        half = (below + np.float64(threshold)) / 2
        value = [np.float64(threshold), half, np.nextafter(half, np.inf), np.nextafter(half, -np.inf)][place % 4]
        rows[place // 2 % len(rows), names.index(node["Feature"])] = value
    return rows


def xgboost_case(case, x, y, parameters, rounds=10, names=None, types=None, contributions=True, group=None, suffix="json", exact=True, weight=None):
    matrix = xgb.DMatrix(x[:ROWS], y[:ROWS], feature_names=names, feature_types=types, enable_categorical=types is not None, weight=weight)
    if group is not None:
        matrix.set_group(group)
    model = xgb.train({"nthread": 2, "seed": 1, "max_depth": 4, "eta": 0.3, **parameters}, matrix, rounds)
    file = f"{case}.{suffix}"
    model.save_model(path(file))
    rows = near_thresholds(model, x[ROWS:]) if exact else x[ROWS:]
    held_out = xgb.DMatrix(rows, feature_names=names, feature_types=types, enable_categorical=types is not None)
    final = names or [f"f{i}" for i in range(x.shape[1])]
    category_names = [name for name, kind in zip(final, types or []) if kind == "c"]
    write(case, file, columns_of(rows, final, category_names), model.predict(held_out), model.predict(held_out, pred_contribs=True) if contributions else None)


def lightgbm_case(case, x, y, parameters, rounds=10, names=None, contributions=True, group=None, category_names=(), codes=()):
    train, rows = x[:ROWS], x[ROWS:]
    dataset = lgb.Dataset(train, y[:ROWS], feature_name=names or "auto", group=group, categorical_feature=list(codes) if codes else "auto", free_raw_data=False)
    fixed = {"num_threads": 2, "seed": 1, "num_leaves": 12, "learning_rate": 0.2, "min_data_in_leaf": 5, "verbose": -1, "deterministic": True, "min_data_per_group": 5, "cat_smooth": 2}
    model = lgb.train({**fixed, **parameters}, dataset, rounds)
    file = f"{case}.txt"
    model.save_model(path(file))
    final = model.feature_name()
    category_names = category_names or [final[i] for i in codes]
    write(case, file, columns_of(rows, final, category_names), model.predict(rows), model.predict(rows, pred_contrib=True) if contributions else None)


def classes(score, count):
    return np.searchsorted(np.quantile(score, np.arange(1, count) / count), score)


def main():
    plain, score, chance = numbers(1)
    gaps, gap_score, _ = numbers(2, missing=0.3)
    counts = chance.poisson(np.exp(0.5 * score)).astype(float)
    amounts = np.where(chance.random(len(score)) < 0.4, 0, np.exp(0.5 * score))
    positive = np.exp(0.5 * score)
    query, relevance = [30] * (ROWS // 30), classes(score, 4)
    names = ["width", "height in cm", "depth", "mass", "charge"]

    xgboost_case("xgboost_regression", plain, 100 + 10 * score, {"objective": "reg:squarederror", "base_score": 97.5}, names=names)
    xgboost_case("xgboost_binary_gaps", gaps, gap_score > 0, {"objective": "binary:logistic", "base_score": 0.3, "tree_method": "hist"})
    xgboost_case("xgboost_multiclass", gaps, classes(gap_score, 4), {"objective": "multi:softprob", "num_class": 4}, rounds=5)
    xgboost_case("xgboost_two_of_softmax", plain, classes(score, 2), {"objective": "multi:softprob", "num_class": 2}, rounds=5, contributions=False)
    xgboost_case("xgboost_poisson", plain, counts, {"objective": "count:poisson", "base_score": 1.5})
    xgboost_case("xgboost_gamma", plain, positive, {"objective": "reg:gamma"})
    xgboost_case("xgboost_tweedie", plain, amounts, {"objective": "reg:tweedie", "tweedie_variance_power": 1.3})
    xgboost_case("xgboost_logistic_number", plain, 1 / (1 + np.exp(-score)), {"objective": "reg:logistic"})
    xgboost_case("xgboost_ranking", plain, relevance, {"objective": "rank:pairwise"}, group=query)
    xgboost_case("xgboost_dart", gaps, gap_score, {"booster": "dart", "rate_drop": 0.4, "objective": "reg:squarederror"}, rounds=12)
    xgboost_case("xgboost_forest", plain, score, {"num_parallel_tree": 5, "subsample": 0.6, "eta": 1, "objective": "reg:squarederror"}, rounds=2)
    xgboost_case("xgboost_ubjson", gaps, gap_score > 0, {"objective": "binary:logistic"}, rounds=4, suffix="ubj")
    coded, coded_score = categories(3)
    types = ["float", "float", "float", "c", "c"]
    xgboost_case("xgboost_categories", coded, coded_score, {"tree_method": "hist", "max_cat_to_onehot": 1, "objective": "reg:squarederror"}, types=types, names=["a", "b", "c", "tree", "kind"], exact=False)
    xgboost_case("xgboost_one_hot_categories", coded, coded_score > 0, {"tree_method": "hist", "max_cat_to_onehot": 100, "objective": "binary:logistic"}, types=types, exact=False)

    lightgbm_case("lightgbm_regression", plain, 100 + 10 * score, {"objective": "regression"}, names=["width", "height", "depth", "mass", "charge"])
    lightgbm_case("lightgbm_binary_gaps", gaps, gap_score > 0, {"objective": "binary"})
    lightgbm_case("lightgbm_sigmoid", plain, score > 0, {"objective": "binary", "sigmoid": 2.5}, contributions=False)
    lightgbm_case("lightgbm_multiclass", gaps, classes(gap_score, 4), {"objective": "multiclass", "num_class": 4}, rounds=5)
    lightgbm_case("lightgbm_two_of_softmax", plain, classes(score, 2), {"objective": "multiclass", "num_class": 2}, rounds=5, contributions=False)
    lightgbm_case("lightgbm_poisson", plain, counts, {"objective": "poisson"})
    lightgbm_case("lightgbm_gamma", plain, positive, {"objective": "gamma"})
    lightgbm_case("lightgbm_tweedie", plain, amounts, {"objective": "tweedie", "tweedie_variance_power": 1.3})
    lightgbm_case("lightgbm_quantile", plain, score, {"objective": "quantile", "alpha": 0.8})
    lightgbm_case("lightgbm_cross_entropy", plain, 1 / (1 + np.exp(-score)), {"objective": "cross_entropy"})
    lightgbm_case("lightgbm_ranking", plain, relevance, {"objective": "lambdarank"}, group=query)
    lightgbm_case("lightgbm_dart", gaps, gap_score, {"boosting": "dart", "drop_rate": 0.4, "objective": "regression"}, rounds=12)
    lightgbm_case("lightgbm_forest", plain, score, {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "objective": "regression"}, contributions=False)
    zeros, zero_score, _ = numbers(4, missing=0.1, zeros=0.3)
    lightgbm_case("lightgbm_zero_as_missing", zeros, zero_score, {"objective": "regression", "zero_as_missing": True})
    gaps_later = zeros.copy()
    gaps_later[:ROWS] = np.nan_to_num(gaps_later[:ROWS])
    lightgbm_case("lightgbm_no_missing_in_training", gaps_later, zero_score, {"objective": "regression"})
    lightgbm_case("lightgbm_codes", coded, coded_score, {"objective": "regression"}, codes=[3, 4])
    table = pd.DataFrame(coded[:, :3], columns=["a", "b", "c"])
    table["tree"] = pd.Categorical([None if code != code else LEVELS[int(code)] for code in coded[:, 3]])
    table["kind"] = pd.Categorical([None if code != code else "kind " + str(int(code)) for code in coded[:, 4]], categories=["kind 2", "kind 0", "kind 1", "kind 4", "kind 3"])
    lightgbm_case("lightgbm_named_categories", table, coded_score > 0, {"objective": "binary"}, category_names=["tree", "kind"])


main()
