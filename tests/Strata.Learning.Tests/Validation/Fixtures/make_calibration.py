"""Makes calibration.json: what scikit-learn (1.2.1) calibrates, by sigmoid and by isotonic regression. Run: python3 make_calibration.py > calibration.json"""
import json

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.RandomState(4)
cases = []
for name, n, weighted in [("plain", 200, False), ("weighted", 150, True), ("ties", 300, False)]:
    y = (rng.uniform(size=n) < 0.35).astype(int)
    p = 1 / (1 + np.exp(-(2.5 * (y - 0.5) + 1.5 * rng.normal(size=n))))
    if name == "ties":
        p = np.round(p, 1).clip(0.05, 0.95)
    w = rng.randint(1, 4, size=n).astype(float) if weighted else None
    s = np.log(p / (1 - p))
    sigmoid = _SigmoidCalibration().fit(s, y, w)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(p, y, w)
    at = np.concatenate([np.linspace(0.001, 0.999, 25), p[:25]])
    cases.append({"name": name, "truth": y.tolist(), "probabilities": p.tolist(), "weights": None if w is None else w.tolist(), "at": at.tolist(),
                  "a": sigmoid.a_, "b": sigmoid.b_, "sigmoid": sigmoid.predict(np.log(at / (1 - at))).tolist(), "isotonic": isotonic.predict(at).tolist()})
print(json.dumps(cases))
