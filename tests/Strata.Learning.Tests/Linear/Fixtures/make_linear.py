"""Makes linear.json: small tables and what scikit-learn (1.2.1) learns from them. Run: python3 make_linear.py > linear.json"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC
from sklearn.utils.class_weight import compute_sample_weight

rng = np.random.RandomState(11)


def table(n, p, spread):
    """Correlated columns of unequal scale and place, rounded so that the file stays small."""
    x = rng.randn(n, p) @ (np.eye(p) + 0.3 * rng.randn(p, p))
    return np.round(x * np.logspace(0, spread, p) + 3 * rng.randn(p) * np.logspace(0, spread, p), 4)


def logistic(name, x, y, c=1.0, weights=None, balanced=False, intercept=True, l1_ratio=0.0):
    penalty = {"solver": "newton-cg"} if l1_ratio == 0 else {"solver": "saga", "penalty": "elasticnet", "l1_ratio": l1_ratio, "random_state": 0}
    model = LogisticRegression(C=c, tol=1e-13, max_iter=100000, class_weight="balanced" if balanced else None,
                               fit_intercept=intercept, multi_class="auto", **penalty)
    model.fit(x, y, sample_weight=weights)
    return {"name": name, "x": x.tolist(), "codes": y.tolist(), "c": c, "weights": None if weights is None else weights.tolist(), "balanced": balanced,
            "fit_intercept": intercept, "l1_ratio": l1_ratio, "coefficients": model.coef_.tolist(), "intercepts": np.atleast_1d(model.intercept_).tolist(),
            "probabilities": model.predict_proba(x).tolist()}


def ridge(name, x, y, alpha=1.0, weights=None, intercept=True, solver="cholesky"):
    model = Ridge(alpha=alpha, fit_intercept=intercept, solver=solver, tol=1e-14).fit(x, y, sample_weight=weights)
    return {"name": name, "x": x.tolist(), "y": y.tolist(), "alpha": alpha, "weights": None if weights is None else weights.tolist(),
            "fit_intercept": intercept, "coefficients": model.coef_.tolist(), "intercept": float(model.intercept_)}


def classes(x, k):
    z = (x - x.mean(0)) / x.std(0) @ rng.randn(x.shape[1], k) + rng.gumbel(size=(len(x), k))
    return z.argmax(1)


x2, x3, xs = table(120, 6, 0), table(150, 5, 0), table(100, 4, 1)
y2, y3, ys = classes(x2, 2), classes(x3, 3), classes(xs, 2)
w2, w3 = np.round(rng.uniform(0, 3, 120), 3), np.round(rng.uniform(0, 3, 150), 3)
rare = np.where((y3 == 2) & (rng.uniform(size=150) < 0.8), 0, y3)
logistics = [
    logistic("two classes", x2, y2),
    logistic("two classes, weighted", x2, y2, weights=w2),
    logistic("two classes, balanced", x2, np.where(rng.uniform(size=120) < 0.6, 0, y2), balanced=True),
    logistic("two classes, hardly penalised", x2, y2, c=1000.0),
    logistic("two classes, strongly penalised", x2, y2, c=0.01),
    logistic("two classes, columns of unequal scale", xs, ys),
    logistic("two classes, no intercept", x2, y2, intercept=False),
    logistic("three classes", x3, y3),
    logistic("three classes, weighted", x3, y3, weights=w3),
    logistic("three classes, balanced", x3, rare, balanced=True),
    logistic("three classes, no intercept", x3, y3, intercept=False, c=0.3),
    logistic("more columns than rows", table(20, 30, 0), np.arange(20) % 2),
]
sparse = np.round((x2 - x2.mean(0)) / x2.std(0), 4), np.round((x3 - x3.mean(0)) / x3.std(0), 4)
logistics += [
    logistic("two classes, absolute", sparse[0], y2, c=0.1, l1_ratio=1.0),
    logistic("two classes, absolute, weighted", sparse[0], y2, c=0.3, weights=w2, l1_ratio=1.0),
    logistic("two classes, both penalties", sparse[0], y2, c=0.1, l1_ratio=0.5),
    logistic("two classes, absolute, no intercept", sparse[0], y2, c=0.1, intercept=False, l1_ratio=1.0),
    logistic("three classes, absolute", sparse[1], y3, c=0.1, l1_ratio=1.0),
    logistic("three classes, absolute, balanced", sparse[1], rare, c=0.2, balanced=True, l1_ratio=1.0),
    logistic("three classes, both penalties", sparse[1], y3, c=0.1, l1_ratio=0.5),
]


def svm(name, x, y, loss, c=1.0, weights=None, balanced=False, intercept=True, within=2e-5):
    """Balanced by weights of rows: LIBLINEAR's own class weights spare the rest when several classes are each told from the rest."""
    model = LinearSVC(C=c, loss=loss, tol=1e-10, max_iter=1000000, fit_intercept=intercept, random_state=0)
    costs = compute_sample_weight("balanced", y) if balanced else np.ones(len(y)) if weights is None else weights
    model.fit(x, y, sample_weight=costs)
    coefficients, intercepts = model.coef_, np.zeros(len(model.coef_)) + model.intercept_
    objective = 0.0
    for k in range(len(coefficients)):
        miss = np.maximum(0, 1 - np.where(y == (1 if len(coefficients) == 1 else k), 1, -1) * (x @ coefficients[k] + intercepts[k]))
        objective += (coefficients[k] @ coefficients[k] + intercepts[k] ** 2) / 2 + c * np.sum(costs * (miss if loss == "hinge" else miss ** 2))
    return {"name": name, "x": x.tolist(), "codes": y.tolist(), "c": c, "loss": "absolute" if loss == "hinge" else "squared", "weights": None if weights is None else weights.tolist(),
            "costs": costs.tolist(), "balanced": balanced, "fit_intercept": intercept, "coefficients": coefficients.tolist(), "intercepts": intercepts.tolist(), "objective": objective,
            "within": 0.05 if loss == "hinge" and weights is not None else within}


svms = [svm(f"{loss}, {name}", x, y, loss, **settings) for loss in ["squared_hinge", "hinge"] for name, x, y, settings in [
    ("two classes", sparse[0], y2, {}), ("two classes, weighted", sparse[0], y2, {"weights": w2, "c": 0.05}), ("two classes, no intercept", sparse[0], y2, {"intercept": False, "c": 0.1}),
    ("three classes", sparse[1], y3, {"c": 0.1}), ("three classes, balanced", sparse[1], rare, {"balanced": True, "c": 0.1})]]

xr, xw = table(60, 5, 2), table(12, 25, 1)
yr = np.round((xr - xr.mean(0)) / xr.std(0) @ rng.randn(5) * 3 + 10 + rng.randn(60), 4)
yw = np.round(rng.randn(12) * 2 + 5, 4)
wr, ww = np.round(rng.uniform(0, 3, 60), 3), np.round(rng.uniform(0.1, 3, 12), 3)
twin = np.column_stack([xr[:, :3], xr[:, 0] + xr[:, 1]])
ridges = [
    ridge("plain", xr, yr),
    ridge("weighted", xr, yr, weights=wr),
    ridge("strong", xr, yr, alpha=1000.0),
    ridge("no penalty", xr, yr, alpha=0.0, solver="svd"),
    ridge("no intercept", xr, yr, intercept=False),
    ridge("more columns than rows", xw, yw, solver="svd"),
    ridge("more columns than rows, weighted", xw, yw, weights=ww, solver="svd"),
    ridge("more columns than rows, no intercept", xw, yw, intercept=False, alpha=0.1, solver="svd"),
    ridge("a column that is the sum of two, hardly penalised", twin, yr, alpha=1e-3, solver="svd"),
]
print(json.dumps({"logistic": logistics, "ridge": ridges, "svm": svms}))
