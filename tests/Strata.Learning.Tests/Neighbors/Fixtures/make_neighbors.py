"""Makes neighbors.json: small tables and what scikit-learn (1.2.1) says of their nearest neighbours. Run: python3 make_neighbors.py > neighbors.json"""
import json

import numpy as np
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

rng = np.random.RandomState(5)
x = np.round(rng.randn(90, 4) * [1, 2, 0.5, 3] + [0, 5, -1, 100], 4)
queries = np.round(np.vstack([rng.randn(25, 4) * [1, 2, 0.5, 3] + [0, 5, -1, 100], [[1e6, 0, 0, 0]]]), 4)
queries = np.vstack([queries, x[:4]])
numbers = np.round(x @ [1, -0.5, 2, 0.1] + rng.randn(90), 4)
two, three = (numbers > np.median(numbers)).astype(int), np.digitize(numbers, np.quantile(numbers, [0.3, 0.7]))
cases = []
for metric in ["euclidean", "manhattan", "cosine"]:
    for weights in ["uniform", "distance"]:
        for k in [1, 5, 12]:
            for task, y in [("two", two), ("three", three), ("number", numbers)]:
                learner = KNeighborsRegressor if task == "number" else KNeighborsClassifier
                model = learner(n_neighbors=k, weights=weights, metric=metric, algorithm="brute").fit(x, y)
                said = model.predict(queries) if task == "number" else model.predict_proba(queries)
                cases.append({"metric": metric, "weights": weights, "neighbors": k, "task": task, "said": np.ravel(said).tolist()})
print(json.dumps({"x": x.tolist(), "queries": queries.tolist(), "numbers": numbers.tolist(), "two": two.tolist(), "three": three.tolist(), "cases": cases}))
