"""Makes xgboost_contributions.json: small XGBoost (1.7.4) models as plain arrays, rows with missing values, and pred_contribs and pred_interactions of them.
Run: python3 make_xgboost_contributions.py > xgboost_contributions.json"""
import json

import numpy as np
import xgboost as xgb


def tree(raw):
    """Arrays by node. XGBoost sends x < threshold left in single precision: the same as x <= the next float below."""
    left = np.array(raw["left_children"])
    leaf = left < 0
    threshold = np.array(raw["split_conditions"], dtype=np.float32)
    return {
        "feature": np.where(leaf, -1, raw["split_indices"]).tolist(),
        "threshold": np.where(leaf, 0, np.nextafter(threshold, np.float32(-np.inf)).astype(float)).tolist(),
        "left": left.tolist(),
        "right": raw["right_children"],
        "missing_left": [int(flag) for flag in raw["default_left"]],
        "value": np.where(leaf, threshold, 0).astype(float).tolist(),
        "cover": np.array(raw["sum_hessian"], dtype=np.float32).astype(float).tolist(),
    }


def case(name, x, y, params, rounds):
    booster = xgb.train({"tree_method": "exact", "nthread": 1, "seed": 1, "base_score": 0.5, **params}, xgb.DMatrix(x, y), rounds)
    raw = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"]
    rows = x[:20]
    contributions = booster.predict(xgb.DMatrix(rows), pred_contribs=True)
    if contributions.ndim == 2:
        contributions = contributions[:, None, :]
    interactions = booster.predict(xgb.DMatrix(rows[:5]), pred_interactions=True)
    if interactions.ndim == 3:
        interactions = interactions[:, None, :, :]
    return {
        "name": name,
        "trees": [tree(t) for t in raw["trees"]],
        "outputs": raw["tree_info"],
        "rows": [["NaN" if np.isnan(v) else float(v) for v in row] for row in rows],
        "contributions": contributions[:, :, :-1].astype(float).tolist(),
        "interactions": [[np.round(matrix, 7).tolist() for matrix in row] for row in interactions[:, :, :-1, :-1].astype(float)],
        "bias": contributions[0, :, -1].astype(float).tolist(),
        "base": 0.0 if "binary" in params["objective"] else 0.5,
    }


rng = np.random.RandomState(3)
x = rng.randn(300, 5).astype(np.float32)
x[rng.rand(*x.shape) < 0.1] = np.nan
signal = np.nan_to_num(x[:, 0]) * 2 - np.nan_to_num(x[:, 1]) * np.nan_to_num(x[:, 2]) + 0.3 * rng.randn(300)
print(json.dumps([
    case("regression", x, signal, {"objective": "reg:squarederror", "max_depth": 4}, 6),
    case("two classes", x, (signal > 0).astype(int), {"objective": "binary:logistic", "max_depth": 6, "eta": 0.5}, 5),
    case("three classes", x, np.digitize(signal, [-1, 1]), {"objective": "multi:softprob", "num_class": 3, "max_depth": 3}, 3),
]))
