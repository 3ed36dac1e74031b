"""Makes columns.json: what scikit-learn (1.2.1), pandas (1.5.3) and NumPy say of columns to choose, gaps along time, dates and bounds. Run: python3 make_columns.py > columns.json"""
import json

import numpy as np
import pandas
from sklearn.feature_selection import RFE, SelectFromModel, VarianceThreshold
from sklearn.linear_model import Lasso, Ridge
from sklearn.preprocessing import StandardScaler

rng = np.random.RandomState(23)


def clean(values):
    return [["NaN" if np.isnan(v) else v for v in row] for row in np.asarray(values, dtype=float).tolist()]


x = np.round(rng.randn(120, 9) * np.array([1, 2, 0.05, 1, 1, 3, 1, 0.3, 1]) + 4, 3)
x[:, 6] = np.round(x[:, 0] + 0.4 * x[:, 3] + 0.2 * rng.randn(120), 3)
y = np.round(2 * x[:, 0] - 1.5 * x[:, 3] + 0.8 * x[:, 5] + 0.4 * x[:, 8] + 0.15 * x[:, 1] + 0.5 * rng.randn(120), 3)
standard = StandardScaler().fit_transform(x)
result = {"x": x.tolist(), "y": y.tolist(), "variance": {}, "elimination": {}}
for threshold in [0.0, 0.5, 1.2]:
    result["variance"][str(threshold)] = np.flatnonzero(VarianceThreshold(threshold).fit(x).get_support()).tolist()
for keep in [2, 4, 6]:
    result["elimination"][str(keep)] = np.flatnonzero(RFE(Ridge(alpha=1.0), n_features_to_select=keep, step=1).fit(standard, y).support_).tolist()
largest = SelectFromModel(Lasso(alpha=0.1, tol=1e-10, max_iter=100_000), max_features=4, threshold=-np.inf).fit(standard, y)
result["lasso"] = np.flatnonzero(largest.get_support()).tolist()

gaps = np.round(rng.randn(40, 3), 3)
gaps[rng.uniform(size=gaps.shape) < 0.4] = np.nan
times, groups = rng.permutation(40).astype(float), rng.randint(0, 4, 40)
frame = pandas.DataFrame(gaps).assign(group=groups, time=times).sort_values("time")
values = frame.groupby("group")[[0, 1, 2]]
result["along"] = {"rows": clean(gaps), "times": times.tolist(), "groups": groups.tolist(), "forward": clean(values.ffill().sort_index()), "backward": clean(values.bfill().sort_index())}

dates = pandas.to_datetime(rng.randint(-2_000_000_000, 4_000_000_000, 50), unit="s")
result["dates"] = {"seconds": [int(d.timestamp()) for d in dates], "parts": [[d.year, d.month, d.day, d.weekday(), d.dayofyear, d.hour + d.minute / 60 + d.second / 3600] for d in dates]}

spread = np.round(np.column_stack([rng.standard_t(2, 200), np.exp(rng.randn(200))]), 3)
low, high = np.percentile(spread, 25, axis=0), np.percentile(spread, 75, axis=0)
mean, deviation = spread.mean(axis=0), spread.std(axis=0)
result["bounds"] = {"rows": spread.tolist(), "quartiles": np.clip(spread, low - 1.5 * (high - low), high + 1.5 * (high - low)).tolist(), "deviations": np.clip(spread, mean - 2 * deviation, mean + 2 * deviation).tolist()}
print(json.dumps(result))
