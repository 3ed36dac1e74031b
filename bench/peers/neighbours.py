"""scikit-learn's nearest neighbours on the rows that `strata-bench neighbours --data DIR` wrote. Run: python3 neighbours.py DIR [THREADS] [REPEATS] [COLUMNS]"""
import os
import sys
import time

threads = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ.update(OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads)

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier

columns = int(sys.argv[4]) if len(sys.argv) > 4 else 20
y = np.fromfile(os.path.join(sys.argv[1], "neighbours.y.u8"), dtype=np.uint8).astype(int)
x = np.fromfile(os.path.join(sys.argv[1], "neighbours.x.f64")).reshape(-1, columns)
rows, queries = x[:len(y)], x[len(y):]
for metric in ["euclidean", "manhattan"]:
    walls, processors = [], []
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 3):
        wall, processor = time.perf_counter(), time.process_time()
        said = KNeighborsClassifier(metric=metric, n_jobs=int(threads)).fit(rows, y).predict_proba(queries)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(f"scikit-learn {sklearn.__version__} {metric} {rows.shape[0]} x {columns}, {len(queries)} queries, {threads} threads: fit and predict {np.median(walls):.3f} s wall (best {min(walls):.3f}), "
          f"{np.median(processors):.3f} s processor (best {min(processors):.3f}); probabilities sum to {said[:, 1].sum():.1f}", flush=True)
