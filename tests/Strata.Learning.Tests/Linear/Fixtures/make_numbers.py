"""Makes numbers.json: small tables and what scikit-learn (1.2.1) learns from them. Run: python3 make_numbers.py > numbers.json"""
import json

import numpy as np
from sklearn.linear_model import ElasticNet, GammaRegressor, HuberRegressor, Lasso, LinearRegression, PoissonRegressor, QuantileRegressor, TweedieRegressor, lasso_path
from sklearn.svm import LinearSVR

rng = np.random.RandomState(23)


def table(n, p, spread):
    """Correlated columns of unequal scale and place, rounded so that the file stays small."""
    x = rng.randn(n, p) @ (np.eye(p) + 0.3 * rng.randn(p, p))
    return np.round(x * np.logspace(0, spread, p) + 3 * rng.randn(p) * np.logspace(0, spread, p), 4)


def huber(**settings):
    """Its solver stops early; starting it again and again where it stopped brings it to the optimum."""
    return HuberRegressor(tol=1e-13, max_iter=100000, warm_start=True, **settings)


class LeastNorm:
    """By numpy: scikit-learn's LinearRegression counts a singular value of 1e-15 that centring left and so misses the least norm."""

    def fit(self, x, y, sample_weight):
        self.coef_ = np.linalg.pinv(x - x.mean(0), rcond=1e-12) @ (y - y.mean())
        self.intercept_ = y.mean() - x.mean(0) @ self.coef_


def case(name, algorithm, settings, model, x, y, weights=None, within=1e-6):
    for _ in range(200 if getattr(model, "warm_start", False) else 1):
        try:
            model.fit(x, y, sample_weight=weights)
        except ValueError:  # No step lowers the function any more.
            break
    return {"name": f"{algorithm}: {name}", "algorithm": algorithm, "settings": settings, "x": x.tolist(), "y": y.tolist(),
            "weights": None if weights is None else weights.tolist(), "coefficients": model.coef_.tolist(), "intercept": float(np.ravel(model.intercept_)[0]), "within": within}


exact = {"tol": 1e-15, "max_iter": 1000000}
x, xw = table(60, 6, 1), table(14, 25, 0)
z = (x - x.mean(0)) / x.std(0)
y = np.round(z @ np.array([3, -2, 0, 1, 0, 0.5]) + 10 + rng.randn(60), 4)
yw = np.round(xw[:, 0] * 2 - xw[:, 3] + rng.randn(14), 4)
w = np.round(rng.uniform(0, 3, 60), 3)
twin = np.column_stack([x[:, :3], x[:, 0] + x[:, 1]])
outliers = y + np.where(rng.uniform(size=60) < 0.15, 40 * rng.uniform(size=60), 0).round(3)
counts = rng.poisson(np.exp(0.5 * z[:, 0] - 0.3 * z[:, 1] + 1)).astype(float)
amounts = np.round(rng.gamma(2, np.exp(0.5 * z[:, 0] + 0.2 * z[:, 3] + 2)) + 0.01, 4)
claims = np.round(counts * amounts * (rng.uniform(size=60) < 0.6), 4)

cases = [
    case("plain", "linear_regression", {}, LinearRegression(), x, y),
    case("weighted", "linear_regression", {}, LinearRegression(), x, y, w),
    case("no intercept", "linear_regression", {"fit_intercept": False}, LinearRegression(fit_intercept=False), x, y),
    case("more columns than rows", "linear_regression", {}, LeastNorm(), xw, yw),
]
for alpha in [0.001, 0.1, 1.0, 100.0]:
    cases.append(case(f"alpha {alpha}", "lasso", {"alpha": alpha}, Lasso(alpha=alpha, **exact), x, y))
cases += [
    case("weighted", "lasso", {"alpha": 0.2}, Lasso(alpha=0.2, **exact), x, y, w),
    case("no intercept", "lasso", {"alpha": 0.2, "fit_intercept": False}, Lasso(alpha=0.2, fit_intercept=False, **exact), x, y),
    case("more columns than rows", "lasso", {"alpha": 0.1}, Lasso(alpha=0.1, **exact), xw, yw),
    case("half and half", "elastic_net", {"alpha": 0.3}, ElasticNet(alpha=0.3, **exact), x, y),
    case("mostly squares", "elastic_net", {"alpha": 0.3, "l1_ratio": 0.1}, ElasticNet(alpha=0.3, l1_ratio=0.1, **exact), x, y),
    case("weighted, no intercept", "elastic_net", {"alpha": 0.3, "fit_intercept": False}, ElasticNet(alpha=0.3, fit_intercept=False, **exact), x, y, w),
    case("more columns than rows", "elastic_net", {"alpha": 0.1}, ElasticNet(alpha=0.1, **exact), xw, yw),
    case("a column that is the sum of two", "elastic_net", {"alpha": 0.1, "l1_ratio": 0.9}, ElasticNet(alpha=0.1, l1_ratio=0.9, **exact), twin, y),
    case("plain", "huber", {}, huber(), z, outliers),
    case("weighted", "huber", {}, huber(), z, outliers, w),
    case("wide and penalised", "huber", {"epsilon": 2.5, "alpha": 1.0}, huber(epsilon=2.5, alpha=1.0), z, outliers),
    case("no intercept", "huber", {"fit_intercept": False}, HuberRegressor(fit_intercept=False, tol=1e-13, max_iter=100000), z, outliers, within=1e-4),
]
glm = {"tol": 1e-12, "max_iter": 100000}
for name, settings, weights in [("plain", {}, None), ("hardly penalised", {"alpha": 1e-4}, None), ("weighted", {"alpha": 0.1}, w), ("no intercept", {"alpha": 0.1, "fit_intercept": False}, None)]:
    cases += [
        case(name, "poisson_regression", settings, PoissonRegressor(**settings, **glm), z, counts, weights),
        case(name, "gamma_regression", settings, GammaRegressor(**settings, **glm), z, amounts, weights),
        case(name, "tweedie_regression", settings, TweedieRegressor(power=1.5, **settings, **glm), z, claims, weights),
    ]
cases.append(case("power 2.5", "tweedie_regression", {"power": 2.5, "alpha": 0.1}, TweedieRegressor(power=2.5, link="log", alpha=0.1, **glm), z, amounts))

exact_svr = {"tol": 1e-12, "max_iter": 10000000, "random_state": 0}
for quantile, alpha in [(0.5, 0.0), (0.1, 0.0), (0.9, 0.02), (0.5, 0.3)]:
    cases.append(case(f"{quantile}, alpha {alpha}", "quantile_regression", {"quantile": quantile, "alpha": alpha}, QuantileRegressor(quantile=quantile, alpha=alpha, solver="highs"), z, outliers))
cases += [
    case("weighted", "quantile_regression", {"quantile": 0.3, "alpha": 0.01}, QuantileRegressor(quantile=0.3, alpha=0.01, solver="highs"), z, y, w),
    case("no intercept", "quantile_regression", {"quantile": 0.3, "alpha": 0.05, "fit_intercept": False}, QuantileRegressor(quantile=0.3, alpha=0.05, fit_intercept=False, solver="highs"), z, np.round(y - 10, 4)),
    case("squared", "linear_svr", {"loss": "squared", "epsilon": 0.1}, LinearSVR(loss="squared_epsilon_insensitive", epsilon=0.1, **exact_svr), z, y),
    case("squared, weighted", "linear_svr", {"loss": "squared", "c": 0.1}, LinearSVR(loss="squared_epsilon_insensitive", C=0.1, **exact_svr), z, y, w),
    case("absolute", "linear_svr", {"epsilon": 0.3, "c": 0.05}, LinearSVR(epsilon=0.3, C=0.05, **exact_svr), z, y, within=1e-5),
    case("absolute, no intercept", "linear_svr", {"c": 0.1, "fit_intercept": False}, LinearSVR(C=0.1, fit_intercept=False, **exact_svr), z, y, within=1e-5),
]

alphas, coefficients, _ = lasso_path(x - x.mean(0), y - y.mean(), n_alphas=20, **exact)
path = {"x": x.tolist(), "y": y.tolist(), "alphas": alphas.tolist(), "coefficients": coefficients.T.tolist()}
print(json.dumps({"cases": cases, "path": path}))
