"""Makes preparation.json: small columns and what scikit-learn's (1.2.1) preprocessing makes of them. Run: python3 make_preparation.py > preparation.json"""
import json

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

rng = np.random.RandomState(5)


def clean(values):
    return [["NaN" if isinstance(v, float) and np.isnan(v) else v for v in row] for row in np.asarray(values).tolist()]


n = 25
train = np.round(np.column_stack([rng.randn(n) * 3 + 7, rng.randint(0, 5, n), rng.exponential(size=n) * 100]), 3)
train[rng.uniform(size=train.shape) < 0.2] = np.nan
rows = np.array([[np.nan, 2.0, 50.0], [1.5, np.nan, np.nan], [-4.0, 9.0, 1000.0]])
weights = np.round(rng.uniform(0.1, 3, n), 3)

imputed = {s: clean(SimpleImputer(strategy=s, fill_value=-1.5, add_indicator=True).fit(train).transform(rows))
           for s in ["mean", "median", "most_frequent", "constant"]}
scaled = {name: clean(scaler.fit(train).transform(rows))
          for name, scaler in {"standard": StandardScaler(), "min_max": MinMaxScaler(), "robust": RobustScaler(), "max_abs": MaxAbsScaler()}.items()}
weighted_standard = []
for j in range(train.shape[1]):
    present = ~np.isnan(train[:, j])
    weighted_standard.append(StandardScaler().fit(train[present, j:j + 1], sample_weight=weights[present]).transform(rows[:, j:j + 1])[:, 0])

levels = np.array(["pear", "apple", "fig", "pear", "date", "apple", "pear", "fig", "pear", "kiwi", "apple"], dtype=object).reshape(-1, 1)
binary = np.array(["n", "y", "n", "n", "y", "y", "n", "n", "n", "y", "n"], dtype=object).reshape(-1, 1)
asked = np.array([["apple"], ["kiwi"], ["pear"], ["plum"]], dtype=object)
both, both_asked = np.column_stack([levels, binary]), np.column_stack([asked, [["y"], ["n"], ["n"], ["y"]]])
one_hot = {
    "none": OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(both).transform(both_asked).tolist(),
    "first": OneHotEncoder(handle_unknown="ignore", drop="first", sparse_output=False).fit(both).transform(both_asked).tolist(),
    "if_binary": OneHotEncoder(handle_unknown="ignore", drop="if_binary", sparse_output=False).fit(both).transform(both_asked).tolist(),
    "pooled": OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=3, sparse_output=False).fit(levels).transform(asked).tolist(),
}
ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan).fit(levels).transform(asked)

print(json.dumps({
    "train": clean(train), "weights": weights.tolist(), "rows": clean(rows), "imputed": imputed, "scaled": scaled,
    "weighted_standard": clean(np.column_stack(weighted_standard)),
    "levels": levels[:, 0].tolist(), "binary": binary[:, 0].tolist(), "asked": both_asked.tolist(), "one_hot": one_hot, "ordinal": clean(ordinal),
}))
