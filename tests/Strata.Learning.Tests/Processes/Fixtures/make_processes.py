"""Makes processes.json: small tables, and the Gaussian processes that scikit-learn (1.2.1) fits to them. Run: python3 make_processes.py > processes.json"""
import json
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel

warnings.simplefilter("ignore", ConvergenceWarning)
rng = np.random.RandomState(4)
x = np.round(rng.uniform(-2, 2, (60, 2)), 4)
y = np.round(10 + 3 * np.sin(1.7 * x[:, 0]) + x[:, 1] ** 2 + 0.4 * rng.randn(60), 4)
queries = np.round(rng.uniform(-3, 3, (20, 2)), 4)
cases = []
for name, part in [("rbf", RBF()), ("matern12", Matern(nu=0.5)), ("matern32", Matern(nu=1.5)), ("matern52", Matern(nu=2.5))]:
    model = GaussianProcessRegressor(ConstantKernel() * part + WhiteKernel(0.1), normalize_y=True, alpha=0, n_restarts_optimizer=5, random_state=0).fit(x, y)
    mean, deviation = model.predict(queries, return_std=True)
    cases.append({"kernel": name, "log_marginal_likelihood": model.log_marginal_likelihood_value_, "means": mean.tolist(), "deviations": deviation.tolist()})
print(json.dumps({"x": x.tolist(), "y": y.tolist(), "queries": queries.tolist(), "cases": cases}))
