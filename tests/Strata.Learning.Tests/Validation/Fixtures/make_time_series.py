"""Makes time_series.json: scikit-learn's (1.2.1) TimeSeriesSplit. Run: python3 make_time_series.py > time_series.json"""
import json

import numpy as np
from sklearn.model_selection import TimeSeriesSplit

cases = []
for rows, folds, test, gap, most in [(20, 4, None, 0, None), (23, 3, 4, 2, None), (50, 5, None, 1, 10), (17, 2, None, 0, 3)]:
    splits = TimeSeriesSplit(n_splits=folds, test_size=test, gap=gap, max_train_size=most).split(np.zeros(rows))
    cases.append({"rows": rows, "folds": folds, "test_rows": test, "gap": gap, "most": most, "splits": [[a.tolist(), b.tolist()] for a, b in splits]})
print(json.dumps(cases))
