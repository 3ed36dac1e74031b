"""scikit-learn's preparation of the rows that `strata-bench prepare --data DIR` wrote. Run: python3 prepare.py DIR [THREADS] [REPEATS]"""
import os
import sys
import time

threads = sys.argv[2] if len(sys.argv) > 2 else "2"
repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 3
os.environ.update(OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads)

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression
from sklearn.preprocessing import PowerTransformer

y = np.fromfile(os.path.join(sys.argv[1], "prepare.y.f64"))
x = np.ascontiguousarray(np.fromfile(os.path.join(sys.argv[1], "prepare.x.f64")).reshape(-1, len(y)).T)


def measure(name, columns, work, times=repeats):
    walls, processors = [], []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(f"scikit-learn {sklearn.__version__} {name} {len(y)} x {columns}, {threads} threads: {np.median(walls):.3f} s wall, {np.median(processors):.3f} s processor", flush=True)


measure("pca, all components, fit", x.shape[1], lambda: PCA().fit(x))
measure("pca, all components, fit and transform", x.shape[1], lambda: PCA().fit_transform(x))
measure("pca, 10 components, fit and transform", x.shape[1], lambda: PCA(n_components=10, random_state=0).fit_transform(x))
measure("mutual information with a number", 20, lambda: mutual_info_regression(x[:, :20], y, random_state=0), 1)
measure("mutual information with classes", 20, lambda: mutual_info_classif(x[:, :20], y > 0, random_state=0), 1)
measure("yeo-johnson, fit and transform", x.shape[1], lambda: PowerTransformer().fit_transform(x), 1)
