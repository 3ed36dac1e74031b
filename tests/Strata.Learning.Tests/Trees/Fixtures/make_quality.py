"""Makes quality.csv (rows with a category, missing values, and three targets) and quality.json (scikit-learn's test metrics on them).

Run with scikit-learn 1.2 or newer from this folder: python3 make_quality.py
"""
import json

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

random = np.random.default_rng(20)
rows, train = 2400, 1600
x = random.normal(size=(rows, 6))
x[:, 3] = np.round(np.exp(x[:, 3]), 1)
level = random.integers(0, 12, rows)
effect = np.array([1.5, -1, 0.2, 0.8, -1.7, 0.4, -0.3, 1.1, -0.6, 0, 2, -2])
score = np.sin(2 * x[:, 0]) + x[:, 1] * (x[:, 2] > 0) + 0.5 * np.log1p(x[:, 3]) + effect[level]
y = np.round(score + 0.6 * random.normal(size=rows), 4)
missing = random.random(rows) < np.where(x[:, 1] > 0.5, 0.3, 0.05)
x = np.round(x, 3)
x[missing, 1] = np.nan
frame = pd.DataFrame(x, columns=[f"x{i}" for i in range(6)])
frame["level"] = level
frame["number"] = y
frame["two"] = (y > 0.6).astype(int)
frame["three"] = np.digitize(y, [-0.3, 1.4])
frame.to_csv("quality.csv", index=False)

features = frame.columns[:7]
inputs = frame[features].to_numpy()
filled = np.where(np.isnan(inputs), -9, inputs)
mask = [False] * 6 + [True]
result = {"sklearn": sklearn.__version__, "train_rows": train}


def measure(name, model, data, target):
    truth = frame[target].to_numpy()
    model.fit(data[:train], truth[:train])
    if target == "number":
        value = {"rmse": float(np.sqrt(mean_squared_error(truth[train:], model.predict(data[train:]))))}
    else:
        probabilities = model.predict_proba(data[train:])
        value = {"log_loss": float(log_loss(truth[train:], probabilities)), "accuracy": float(accuracy_score(truth[train:], model.classes_[probabilities.argmax(1)]))}
    result.setdefault(name, {})[target] = value


for target in ["two", "three", "number"]:
    kind = target == "number"
    boosting = dict(max_iter=100, learning_rate=0.1, categorical_features=mask, random_state=0)
    measure("gradient_boosting", HistGradientBoostingRegressor(**boosting) if kind else HistGradientBoostingClassifier(**boosting), inputs, target)
    forest = dict(n_estimators=300, random_state=0)
    measure("random_forest", RandomForestRegressor(max_features=1 / 3, **forest) if kind else RandomForestClassifier(**forest), filled, target)
    tree = dict(max_depth=8, min_samples_leaf=10, random_state=0)
    measure("decision_tree", DecisionTreeRegressor(**tree) if kind else DecisionTreeClassifier(**tree), filled, target)

with open("quality.json", "w", encoding="utf-8") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
