"""Makes bayes.json: small tables and what scikit-learn's (1.2.1) classifiers by Bayes' rule say. Run: python3 make_bayes.py > bayes.json"""
import json

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB

rng = np.random.RandomState(3)
n, p = 120, 5
mixing = np.eye(p) + 0.4 * rng.randn(p, p)
codes = {"two": rng.randint(0, 2, n), "three": rng.choice(3, n, p=[0.5, 0.3, 0.2])}
weights = np.round(rng.uniform(0, 3, n), 3)
cases = []


def add(name, task, x, model, settings, weighted=False):
    y = codes[task]
    model.fit(x, y, **({"sample_weight": weights} if weighted else {}))
    cases.append({"name": name, "algorithm": type(model).__name__, "settings": settings, "x": x.tolist(), "codes": y.tolist(),
                  "weights": weights.tolist() if weighted else None, "probabilities": model.predict_proba(x).tolist()})


for task, y in codes.items():
    numbers = np.round((rng.randn(n, p) + 0.8 * rng.randn(y.max() + 1, p)[y]) @ mixing * [1, 10, 0.1, 3, 1] + [0, 100, 0, 5, -3], 4)
    counts = rng.poisson(3 * rng.dirichlet(np.ones(p), y.max() + 1)[y]).astype(float)
    collinear = np.column_stack([numbers, np.round(numbers[:, 0] + numbers[:, 3], 4), np.ones(n)])
    for weighted in [False, True]:
        mark = f"{task} classes{', weighted' if weighted else ''}"
        # scikit-learn smooths by the unweighted variance, which would tell a weight of two from the row twice.
        add(f"Gaussian, {mark}", task, numbers, GaussianNB(var_smoothing=0 if weighted else 1e-9), {"variance_smoothing": 0} if weighted else {}, weighted)
        add(f"multinomial, {mark}", task, counts, MultinomialNB(), {}, weighted)
        add(f"Bernoulli, {mark}", task, counts, BernoulliNB(binarize=1), {"threshold": 1}, weighted)
        add(f"multinomial, alpha, {mark}", task, counts, MultinomialNB(alpha=0.1, fit_prior=False), {"alpha": 0.1, "fit_prior": False}, weighted)
    add(f"Gaussian, smoothed, {task} classes", task, numbers, GaussianNB(var_smoothing=0.01), {"variance_smoothing": 0.01})
    add(f"linear, {task} classes", task, numbers, LinearDiscriminantAnalysis(), {})
    add(f"linear, collinear, {task} classes", task, collinear, LinearDiscriminantAnalysis(), {})
    add(f"linear, shrunk, {task} classes", task, numbers, LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3), {"shrinkage": 0.3})
    add(f"linear, shrunk by the data, {task} classes", task, numbers, LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"), {"automatic_shrinkage": True})
    add(f"quadratic, {task} classes", task, numbers, QuadraticDiscriminantAnalysis(), {})
    add(f"quadratic, regularized, {task} classes", task, numbers, QuadraticDiscriminantAnalysis(reg_param=0.2), {"regularization": 0.2})
print(json.dumps({"cases": cases}))
