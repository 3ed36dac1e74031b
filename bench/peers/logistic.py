"""scikit-learn's logistic regression on the rows that `strata-bench logistic --data DIR` wrote. Run: python3 logistic.py DIR [THREADS] [REPEATS]"""
import os
import sys
import time

threads = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ.update(OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads)

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

y = np.fromfile(os.path.join(sys.argv[1], "logistic.y.u8"), dtype=np.uint8).astype(int)
x = np.ascontiguousarray(np.fromfile(os.path.join(sys.argv[1], "logistic.x.f64")).reshape(-1, len(y)).T)


def measure(solver, tol):
    walls, processors = [], []
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 3):
        wall, processor = time.perf_counter(), time.process_time()
        model = LogisticRegression(solver=solver, tol=tol, max_iter=1000).fit(x, y)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    z = x @ model.coef_[0] + model.intercept_[0]
    objective = np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(model.coef_ ** 2)
    print(f"scikit-learn {sklearn.__version__} {solver} tol {tol} {len(y)} x {x.shape[1]}, {threads} threads: fit {np.median(walls):.3f} s wall (best {min(walls):.3f}), "
          f"{np.median(processors):.3f} s processor (best {min(processors):.3f}), {model.n_iter_[0]} steps; objective {objective!r}")


for solver, tol in [("lbfgs", 1e-4), ("lbfgs", 1e-6)]:
    measure(solver, tol)
