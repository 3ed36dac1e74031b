"""Makes vectors.json: small tables and what scikit-learn's (1.2.1) support vector machines learn from them. Run: python3 make_vectors.py > vectors.json"""
import json

import numpy as np
from sklearn.svm import SVC, SVR

rng = np.random.RandomState(5)
x = np.round(rng.randn(90, 3) * [1, 2, 0.5] + [10, 0, -3], 4)
z = (x - x.mean(0)) / x.std(0)
two = (z[:, 0] ** 2 + z[:, 1] + 0.7 * rng.randn(90) > 0.8).astype(int)
three = np.digitize(z[:, 0] * z[:, 1] + z[:, 2] + 0.4 * rng.randn(90), [-0.7, 0.7])
y = np.round(np.sin(2 * z[:, 0]) * 3 + z[:, 1] ** 2 + 0.3 * rng.randn(90), 4)
w = np.round(rng.uniform(0, 2, 90), 3)
w[:4] = 0


def dual(model, kernel_rows, targets, epsilon, weights):
    # It counts support vectors among the rows that have weight.
    rows = np.arange(len(targets)) if weights is None else np.flatnonzero(weights > 0)
    beta = np.zeros(len(targets))
    beta[rows[model.support_]] = model.dual_coef_[0]
    return float(beta @ kernel_rows @ beta / 2 - targets @ beta + epsilon * np.abs(beta).sum())


def case(name, algorithm, settings, make, target, weights=None, rows=x):
    model = make(tol=1e-9, cache_size=50, **settings).fit(rows, target, sample_weight=weights)
    given = {"name": f"{algorithm}: {name}", "algorithm": algorithm, "x": rows.tolist(), "y": target.tolist(), "weights": None if weights is None else weights.tolist(),
             "settings": {"polynomial" if key == "poly" else key: "polynomial" if value == "poly" else value for key, value in settings.items() if key != "class_weight"}}
    if settings.get("class_weight"):
        given["settings"]["class_weight"] = "balanced"
    if algorithm == "svm":
        model.decision_function_shape = "ovr"
        given["decisions"] = model.decision_function(rows).reshape(len(rows), -1).tolist()
        given["vectors"] = len(model.support_)
    else:
        given["decisions"] = model.predict(rows).reshape(-1, 1).tolist()
        given["vectors"] = len(model.support_)
    if algorithm == "svr" or len(set(target)) == 2:
        gamma = model._gamma
        kernel = settings.get("kernel", "rbf")
        k = {"rbf": lambda: np.exp(-gamma * ((rows[:, None] - rows[None]) ** 2).sum(2)), "linear": lambda: rows @ rows.T,
             "poly": lambda: (gamma * rows @ rows.T + settings.get("coef0", 0)) ** settings.get("degree", 3)}[kernel]()
        given["objective"] = dual(model, k, 2.0 * target - 1 if algorithm == "svm" else target, 0 if algorithm == "svm" else settings.get("epsilon", 0.1), weights)
    return given


cases = [
    case("two classes", "svm", {}, SVC, two),
    case("two classes, strict", "svm", {"C": 100.0, "gamma": 0.5}, SVC, two),
    case("two classes, weighted", "svm", {"gamma": 0.4}, SVC, two, w),
    case("two classes, balanced", "svm", {"class_weight": "balanced"}, SVC, np.where(rng.uniform(size=90) < 0.6, 0, two)),
    case("two classes, polynomial", "svm", {"kernel": "poly", "degree": 2, "coef0": 1.0}, SVC, two, rows=np.round(z, 4)),
    case("two classes, a plane", "svm", {"kernel": "linear", "C": 0.5}, SVC, two, rows=np.round(z, 4)),
    case("three classes", "svm", {}, SVC, three),
    case("three classes, weighted polynomial", "svm", {"kernel": "poly", "gamma": 0.4}, SVC, three, w, rows=np.round(z, 4)),
    case("plain", "svr", {}, SVR, y),
    case("strict", "svr", {"C": 50.0, "epsilon": 0.3, "gamma": 0.7}, SVR, y),
    case("no tube", "svr", {"epsilon": 0.0}, SVR, y),
    case("weighted", "svr", {"C": 3.0, "gamma": 0.4}, SVR, y, w),
    case("polynomial", "svr", {"kernel": "poly", "degree": 2, "coef0": 0.5}, SVR, y, rows=np.round(z, 4)),
]
for given in cases:
    given["settings"] = {("c" if key == "C" else key): value for key, value in given["settings"].items()}
print(json.dumps({"cases": cases}))
