"""Makes linear.json: small tables and what scikit-learn (1.2.1) learns from them. Run: python3 make_linear.py > linear.json"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

rng = np.random.RandomState(11)


def table(n, p, spread):
    """Correlated columns of unequal scale and place, rounded so that the file stays small."""
    x = rng.randn(n, p) @ (np.eye(p) + 0.3 * rng.randn(p, p))
    return np.round(x * np.logspace(0, spread, p) + 3 * rng.randn(p) * np.logspace(0, spread, p), 4)


def logistic(name, x, y, c=1.0, weights=None, balanced=False, intercept=True):
    model = LogisticRegression(C=c, solver="newton-cg", tol=1e-13, max_iter=100000, class_weight="balanced" if balanced else None,
                               fit_intercept=intercept, multi_class="auto")
    model.fit(x, y, sample_weight=weights)
    return {"name": name, "x": x.tolist(), "codes": y.tolist(), "c": c, "weights": None if weights is None else weights.tolist(), "balanced": balanced,
            "fit_intercept": intercept, "coefficients": model.coef_.tolist(), "intercepts": np.atleast_1d(model.intercept_).tolist(),
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
print(json.dumps({"logistic": logistics, "ridge": ridges}))
