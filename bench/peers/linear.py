"""scikit-learn beside Strata on linear models and support vector machines: processor seconds of one fit, their ratio, and the objective that each reached.
Run: python3 linear.py STRATA_BENCH [--kinds logistic,lasso-path,...] [--repeats N] [--directory DIR]. One thread each. STRATA_BENCH is the built program.
The ratio depends on the BLAS that numpy has: logistic regression and the sums of products of lasso_path gain from a fast one, support vector machines do not use it."""
import argparse
import os
import re
import subprocess
import tempfile
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, LogisticRegression, lasso_path
from sklearn.svm import SVC, LinearSVC

warnings.filterwarnings("ignore")
arguments = argparse.ArgumentParser()
arguments.add_argument("program")
arguments.add_argument("--kinds", default="logistic,lasso-path,elastic-net,svm-squared,svm-hinge,svm-rbf")
arguments.add_argument("--repeats", type=int, default=1)
arguments.add_argument("--directory", default=None)
given = arguments.parse_args()
directory = given.directory or tempfile.mkdtemp()


def ours(kind):
    verb = {"logistic": ["logistic"], "svm-rbf": ["svm"]}.get(kind, ["linear", "--kind", kind])
    command = [given.program, *verb, "--threads", "1", "--repeats", str(given.repeats), "--data", directory]
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]
    return line, float(re.search(r"([\d.]+) s processor", line).group(1)), float(re.search(r"objective (-?[\d.eE+-]+)", line).group(1))


def rows(name):
    target = os.path.join(directory, f"{name}.y.f64")
    y = np.fromfile(target) if os.path.exists(target) else np.fromfile(os.path.join(directory, f"{name}.y.u8"), dtype=np.uint8).astype(float)
    return np.fromfile(os.path.join(directory, f"{name}.x.f64")).reshape(-1, len(y)).T, y


def measure(fit):
    seconds = []
    for _ in range(given.repeats):
        start = time.process_time()
        model = fit()
        seconds.append(time.process_time() - start)
    return model, float(np.median(seconds))


def logistic():
    x, y = rows("logistic")
    x = np.ascontiguousarray(x)
    model, seconds = measure(lambda: LogisticRegression(max_iter=1000).fit(x, y))
    z = x @ model.coef_[0] + model.intercept_[0]
    return seconds, np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(model.coef_ ** 2)


def penalized(x, y, w, b, alpha, ratio):
    return np.mean((y - x @ w - b) ** 2) / 2 + alpha * (ratio * np.abs(w).sum() + (1 - ratio) / 2 * w @ w)


def path():
    x, y = rows("lasso")
    x = np.asfortranarray(x)

    def fit():
        # As LassoCV does: centred, with an intercept.
        means = x.mean(0)
        return (means, *lasso_path(x - means, y - y.mean(), n_alphas=100, tol=1e-4))

    (means, alphas, w, _), seconds = measure(fit)
    return seconds, penalized(x, y, w[:, -1], y.mean() - means @ w[:, -1], alphas[-1], 1)


def net():
    x, y = rows("lasso")
    x = np.asfortranarray(x)
    model, seconds = measure(lambda: ElasticNet(alpha=0.05, tol=1e-4).fit(x, y))
    return seconds, penalized(x, y, model.coef_, model.intercept_, 0.05, 0.5)


def margin(loss):
    x, y = rows("margin")
    x = np.ascontiguousarray(x)
    model, seconds = measure(lambda: LinearSVC(loss=loss, tol=1e-4, random_state=0).fit(x, y))
    w, b = model.coef_[0], model.intercept_[0]
    miss = np.maximum(0, 1 - (2 * y - 1) * (x @ w + b))
    return seconds, (w @ w + b * b) / 2 + np.sum(miss if loss == "hinge" else miss ** 2)


def rbf():
    x, y = rows("svm")
    x = np.ascontiguousarray(x)
    model, seconds = measure(lambda: SVC(cache_size=400).fit(x, y))
    v, beta = model.support_vectors_, model.dual_coef_[0]
    squares = (v ** 2).sum(1)
    kernel = np.exp(-model._gamma * (squares[:, None] + squares[None] - 2 * v @ v.T))
    return seconds, beta @ kernel @ beta / 2 - np.abs(beta).sum()


theirs = {"logistic": logistic, "lasso-path": path, "elastic-net": net, "svm-squared": lambda: margin("squared_hinge"), "svm-hinge": lambda: margin("hinge"), "svm-rbf": rbf}
for kind in given.kinds.split(","):
    line, mine, objective = ours(kind)
    seconds, reached = theirs[kind]()
    print(line)
    print(f"scikit-learn {sklearn.__version__} {kind}: {seconds:.3f} s processor; objective {reached!r}")
    print(f"ratio {mine / seconds:.3f}; objective beyond theirs by {(objective - reached) / abs(reached):.1e}", flush=True)
