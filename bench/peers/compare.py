"""scikit-learn's cross-validation of ten algorithms on the rows that `strata-bench compare --data DIR` wrote. Run: python3 compare.py DIR [THREADS]"""
import os
import sys
import time

threads = sys.argv[2] if len(sys.argv) > 2 else "2"
os.environ.update(OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads)

import numpy as np
import sklearn
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import AdaBoostClassifier, ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

y = np.fromfile(os.path.join(sys.argv[1], "compare.y.u8"), dtype=np.uint8)
x = np.ascontiguousarray(np.fromfile(os.path.join(sys.argv[1], "compare.x.f64")).reshape(-1, len(y)).T)
jobs = int(threads)


def scaled(learner):
    return make_pipeline(StandardScaler(), learner)


learners = {
    "gradient_boosting": HistGradientBoostingClassifier(max_iter=100, early_stopping=False),
    "random_forest": RandomForestClassifier(50, n_jobs=jobs, random_state=0),
    "extra_trees": ExtraTreesClassifier(50, n_jobs=jobs, random_state=0),
    "decision_tree": DecisionTreeClassifier(max_depth=8, min_samples_leaf=10),
    "adaboost": AdaBoostClassifier(n_estimators=50, random_state=0),
    "logistic_regression": scaled(LogisticRegression(max_iter=1000)),
    "linear_discriminant": scaled(LinearDiscriminantAnalysis()),
    "quadratic_discriminant": scaled(QuadraticDiscriminantAnalysis()),
    "gaussian_naive_bayes": scaled(GaussianNB()),
    "k_nearest_neighbors": scaled(KNeighborsClassifier(n_jobs=jobs)),
    "baseline": DummyClassifier(),
}
wall, processor = time.perf_counter(), sum(os.times()[:4])
for name, learner in learners.items():
    fits, losses = [], []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(x, y):
        start = time.perf_counter()
        model = learner.fit(x[train], y[train])
        fits.append(time.perf_counter() - start)
        losses.append(log_loss(y[test], model.predict_proba(x[test])))
    print(f"scikit-learn {sklearn.__version__} {name}: fit {np.mean(fits):.3f} s a fold, log loss {np.mean(losses):.4f}", flush=True)
print(f"scikit-learn comparison, 5 folds, {len(y)} x {x.shape[1]}, {threads} threads: {time.perf_counter() - wall:.2f} s wall, {sum(os.times()[:4]) - processor:.2f} s processor")
