"""scikit-learn's single fits and predictions on the rows that `strata-bench single-fits --data DIR` wrote: processor seconds of each, median. Run: python3 single_fits.py DIR [REPEATS]"""
import os
import sys
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
import sklearn
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.ensemble import AdaBoostClassifier, ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
y = np.fromfile(os.path.join(sys.argv[1], "compare.y.u8"), dtype=np.uint8)
x = np.ascontiguousarray(np.fromfile(os.path.join(sys.argv[1], "compare.x.f64")).reshape(-1, len(y)).T)
learners = {
    "logistic_regression": make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
    "linear_discriminant": make_pipeline(StandardScaler(), LinearDiscriminantAnalysis()),
    "quadratic_discriminant": make_pipeline(StandardScaler(), QuadraticDiscriminantAnalysis()),
    "gaussian_naive_bayes": make_pipeline(StandardScaler(), GaussianNB()),
    "k_nearest_neighbors": make_pipeline(StandardScaler(), KNeighborsClassifier()),
    "decision_tree": DecisionTreeClassifier(max_depth=8, min_samples_leaf=10),
    "random_forest": RandomForestClassifier(50, random_state=0),
    "extra_trees": ExtraTreesClassifier(50, random_state=0),
    "adaboost": AdaBoostClassifier(n_estimators=50, random_state=0),
}


def seconds(work, times):
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return np.median(taken)


for name, learner in learners.items():
    times = 1 if name in ("random_forest", "adaboost") else repeats
    fit = seconds(lambda: learner.fit(x, y), times)
    predict = seconds(lambda: learner.predict_proba(x), 1)
    print(f"scikit-learn {sklearn.__version__} {name} {x.shape[0]} x {x.shape[1]}: fit {fit:.3f} s processor, predict {predict:.3f} s processor", flush=True)
