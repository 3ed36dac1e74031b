"""Makes clusters.json: a small table, the clusters that scikit-learn (1.2.1) finds in it, and what it says of them. Run: python3 make_clusters.py > clusters.json"""
import json

import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from sklearn.mixture import GaussianMixture

rng = np.random.RandomState(8)
x = np.round(np.vstack([rng.randn(60, 3) @ (0.4 * rng.randn(3, 3) + np.eye(3)) * s + c for c, s in [([0, 0, 0], 1), ([8, 1, -3], 0.7), ([-4, 7, 5], 1.3)]]), 4)
x = x[rng.permutation(len(x))]
means = KMeans(3, n_init=10, tol=0, random_state=0).fit(x)
order = np.lexsort(means.cluster_centers_.T[::-1])
names = np.argsort(order)[means.labels_]
mixtures = []
for kind in ["full", "tied", "diag", "spherical"]:
    mixture = GaussianMixture(3, covariance_type=kind, tol=1e-12, max_iter=10000, random_state=0).fit(x)
    by = np.lexsort(mixture.means_.T[::-1])
    mixtures.append({"covariance": {"diag": "diagonal"}.get(kind, kind), "shares": mixture.weights_[by].tolist(), "means": mixture.means_[by].ravel().tolist(),
                     "mean_log_density": mixture.score(x), "probabilities": mixture.predict_proba(x).max(1).tolist(), "clusters": np.argsort(by)[mixture.predict(x)].tolist()})
scans = []
for radius, least in [(1.0, 4), (1.5, 5), (0.7, 3)]:
    scan = DBSCAN(eps=radius, min_samples=least).fit(x)
    scans.append({"radius": radius, "min_rows": least, "labels": scan.labels_.tolist(), "core": scan.core_sample_indices_.tolist()})
print(json.dumps({"x": x.tolist(), "centers": means.cluster_centers_[order].ravel().tolist(), "inertia": means.inertia_, "clusters": names.tolist(),
                  "silhouette": silhouette_score(x, names), "davies_bouldin": davies_bouldin_score(x, names), "calinski_harabasz": calinski_harabasz_score(x, names),
                  "mixtures": mixtures, "scans": scans}))
