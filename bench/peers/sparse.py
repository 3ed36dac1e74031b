"""scikit-learn beside Strata on sparse rows (CSR): processor seconds of one fit, their ratio, and the objective that each reached.
Run: python3 sparse.py STRATA_BENCH [--kinds logistic,multinomial-nb,svm-squared,lasso] [--rows N] [--columns N] [--entries N] [--repeats N] [--directory DIR]. One thread each.
STRATA_BENCH is the built program. Both read the same svmlight files; reading is not timed."""
import argparse
import os
import re
import subprocess
import tempfile
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
import scipy.sparse
import sklearn
from sklearn.datasets import dump_svmlight_file
from sklearn.linear_model import Lasso, LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore")
arguments = argparse.ArgumentParser()
arguments.add_argument("program")
arguments.add_argument("--kinds", default="logistic,multinomial-nb,svm-squared,lasso")
arguments.add_argument("--rows", type=int, default=20_000)
arguments.add_argument("--columns", type=int, default=20_000)
arguments.add_argument("--entries", type=int, default=50)
arguments.add_argument("--repeats", type=int, default=1)
arguments.add_argument("--directory", default=None)
given = arguments.parse_args()
directory = given.directory or tempfile.mkdtemp()
ALPHA = 1e-4


def generate():
    """Counts of terms, early columns oftener than late ones; weighed and scaled to length 1 as TF-IDF does; a noisy sum of a tenth of the columns."""
    random = np.random.default_rng(1)
    rows = np.repeat(np.arange(given.rows), given.entries)
    columns = (given.columns * random.random(len(rows)) ** 2).astype(int)
    counts = scipy.sparse.csr_matrix((random.geometric(0.6, len(rows)).astype(float), (rows, columns)), (given.rows, given.columns))
    often = np.maximum(1, (counts > 0).sum(0).A1)
    weighed = counts.multiply(1 + np.log(given.rows / often)).tocsr()
    lengths = np.sqrt(weighed.multiply(weighed).sum(1).A1)
    terms = scipy.sparse.diags(1 / lengths) @ weighed
    effect = random.normal(size=given.columns) * (random.random(given.columns) < 0.1)
    score = 6 * (terms @ effect) + 0.3 * random.normal(size=given.rows)
    return counts, terms.tocsr(), score


counts, terms, score = generate()
side = (score > 0).astype(int)
kinds = {
    "logistic": (terms, side, lambda: LogisticRegression(max_iter=1000)),
    "multinomial-nb": (counts, side, lambda: MultinomialNB()),
    "svm-squared": (terms, side, lambda: LinearSVC(tol=1e-4, random_state=0)),
    "lasso": (terms, score, lambda: Lasso(alpha=ALPHA, tol=1e-4, max_iter=10_000)),
}


def objective(kind, x, y, model):
    if kind == "multinomial-nb":
        return -np.mean(model.predict_log_proba(x)[np.arange(len(y)), y])
    w, b = np.ravel(model.coef_), np.ravel(model.intercept_)[0]
    z = x @ w + b
    if kind == "logistic":
        return np.sum(np.logaddexp(0, z) - y * z) + w @ w / 2
    if kind == "lasso":
        return np.mean((y - z) ** 2) / 2 + ALPHA * np.abs(w).sum()
    return (w @ w + b * b) / 2 + np.sum(np.maximum(0, 1 - (2 * y - 1) * z) ** 2)


for kind in given.kinds.split(","):
    x, y, make = kinds[kind]
    path = os.path.join(directory, f"{kind}.svmlight")
    dump_svmlight_file(x, y, path, zero_based=False)
    command = [given.program, "sparse", "--kind", kind, "--threads", "1", "--repeats", str(given.repeats), "--alpha", repr(ALPHA), "--data", path]
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]
    mine, ours = float(re.search(r"([\d.]+) s processor", line).group(1)), float(re.search(r"objective (-?[\d.eE+-]+)", line).group(1))
    seconds = []
    for _ in range(given.repeats):
        start = time.process_time()
        model = make().fit(x, y)
        seconds.append(time.process_time() - start)
    theirs, reached = float(np.median(seconds)), objective(kind, x, y, model)
    print(line)
    print(f"scikit-learn {sklearn.__version__} {kind}: {theirs:.3f} s processor; objective {reached!r}")
    print(f"ratio {mine / theirs:.3f}; objective beyond theirs by {(ours - reached) / abs(reached):.1e}", flush=True)
