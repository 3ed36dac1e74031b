"""Makes objectives.csv (rows with several targets) and objectives.json (held-out losses of LightGBM and XGBoost with the parameters named there).

Run from this folder with LightGBM 4 and XGBoost 1.7 or newer: python3 make_objectives.py
"""
import json

import lightgbm
import numpy as np
import pandas as pd
import xgboost
from sklearn import metrics as m

random = np.random.default_rng(7)
queries, train_queries = 160, 110
sizes = random.integers(12, 26, queries)
query = np.repeat(np.arange(queries), sizes)
rows = len(query)
train = int(sizes[:train_queries].sum())
x = np.round(random.normal(size=(rows, 6)), 3)
score = 0.8 * np.sin(2 * x[:, 0]) + 0.6 * x[:, 1] * (x[:, 2] > 0) + 0.4 * np.abs(x[:, 3]) - 0.3
x[random.random(rows) < 0.1, 1] = np.nan
mean = np.exp(score)
frame = pd.DataFrame(x, columns=[f"x{i}" for i in range(6)])
frame["query"] = query
frame["number"] = np.round(score + 0.4 * random.standard_t(2.5, rows), 4)
frame["count"] = random.poisson(mean)
frame["amount"] = np.round(np.maximum(mean * random.gamma(2, 0.5, rows), 1e-3), 4)
frame["claim"] = np.round(np.where(random.random(rows) < 0.5, 0, 2 * mean * random.gamma(1.5, 1 / 1.5, rows)), 4)
frame["two"] = (score + 0.5 * random.logistic(size=rows) > 0.9).astype(int)
frame["three"] = np.digitize(score + 0.5 * random.normal(size=rows), [-0.2, 0.6])
frame["relevance"] = np.clip(np.round(1.5 + 1.5 * score + 0.8 * random.normal(size=rows)), 0, 4).astype(int)
frame.to_csv("objectives.csv", index=False)

data = x
groups = query[train:]


def ndcg(y, s):
    return float(np.mean([m.ndcg_score([2.0 ** y[groups == g] - 1], [s[groups == g]], k=10) for g in np.unique(groups)]))


def huber(y, p, delta=0.9):
    d = np.abs(y - p)
    return np.mean(np.where(d <= delta, d * d / 2, delta * (d - delta / 2)))


measures = {
    "rmse": lambda y, p: np.sqrt(m.mean_squared_error(y, p)),
    "mae": m.mean_absolute_error,
    "huber": huber,
    "pinball": lambda y, p: m.mean_pinball_loss(y, p, alpha=0.9),
    "poisson_deviance": m.mean_poisson_deviance,
    "gamma_deviance": m.mean_gamma_deviance,
    "tweedie_deviance": lambda y, p: m.mean_tweedie_deviance(y, p, power=1.5),
    "log_loss": m.log_loss,
    "ndcg": ndcg,
}
common = dict(verbosity=-1, num_threads=1, seed=1)
light = [
    ("regression", "number", "rmse", {}),
    ("regression_l1", "number", "mae", {}),
    ("huber", "number", "huber", {"alpha": 0.9}),
    ("quantile", "number", "pinball", {"alpha": 0.9}),
    ("poisson", "count", "poisson_deviance", {}),
    ("gamma", "amount", "gamma_deviance", {}),
    ("tweedie", "claim", "tweedie_deviance", {"tweedie_variance_power": 1.5}),
    ("binary", "two", "log_loss", {}),
    ("binary", "two", "log_loss", {"boosting": "goss", "learning_rate": 0.1}),
    ("binary", "two", "log_loss", {"boosting": "dart"}),
    ("binary", "two", "log_loss", {"bagging_fraction": 0.6, "bagging_freq": 5}),
    ("binary", "two", "log_loss", {"is_unbalance": True}),
    ("multiclass", "three", "log_loss", {}),
    ("lambdarank", "relevance", "ndcg", {}),
]
extra = [
    ("reg:squarederror", "number", "rmse", {}),
    ("reg:absoluteerror", "number", "mae", {}),
    ("count:poisson", "count", "poisson_deviance", {}),
    ("reg:gamma", "amount", "gamma_deviance", {}),
    ("reg:tweedie", "claim", "tweedie_deviance", {"tweedie_variance_power": 1.5}),
    ("binary:logistic", "two", "log_loss", {}),
    ("binary:logistic", "two", "log_loss", {"booster": "dart", "rate_drop": 0.1, "skip_drop": 0.5}),
    ("binary:logistic", "two", "log_loss", {"scale_pos_weight": 2.0}),
    ("multi:softprob", "three", "log_loss", {}),
    ("rank:pairwise", "relevance", "ndcg", {}),
    ("rank:ndcg", "relevance", "ndcg", {}),
]
cases = []
for objective, target, measure, parameters in light:
    given = {"learning_rate": 0.1, "num_leaves": 15, **parameters}
    y = frame[target].to_numpy()
    rank = objective == "lambdarank"
    table = lightgbm.Dataset(data[:train], y[:train], group=sizes[:train_queries] if rank else None)
    model = lightgbm.train({"objective": objective, **given, **common, **({"num_class": 3} if target == "three" else {})}, table, 60)
    cases.append(dict(algorithm="lightgbm", target=target, measure=measure, parameters={"objective": objective, "n_estimators": 60, **given},
                      value=float(measures[measure](y[train:], model.predict(data[train:])))))
for objective, target, measure, parameters in extra:
    given = {"learning_rate": 0.1, "max_depth": 4, **parameters}
    y = frame[target].to_numpy()
    table, test = xgboost.DMatrix(data[:train], y[:train]), xgboost.DMatrix(data[train:])
    if objective.startswith("rank"):
        table.set_group(sizes[:train_queries])
    model = xgboost.train({"objective": objective, "tree_method": "hist", "nthread": 1, "seed": 1, **given, **({"num_class": 3} if target == "three" else {})}, table, 60)
    cases.append(dict(algorithm="xgboost", target=target, measure=measure, parameters={"objective": objective, "n_estimators": 60, **given},
                      value=float(measures[measure](y[train:], model.predict(test)))))

with open("objectives.json", "w", encoding="utf-8") as file:
    json.dump({"lightgbm": lightgbm.__version__, "xgboost": xgboost.__version__, "train_rows": train, "cases": cases}, file, indent=1)
    file.write("\n")
