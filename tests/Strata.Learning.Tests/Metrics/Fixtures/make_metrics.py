"""Makes metrics.json: small cases and what scikit-learn (1.2.1) says of them. Run: python3 make_metrics.py > metrics.json"""
import json
import warnings

import numpy as np
from scipy.special import huber
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
rng = np.random.RandomState(20)


def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(v) for v in value]
    value = float(value) if isinstance(value, (np.floating, float)) else value
    return "NaN" if isinstance(value, float) and np.isnan(value) else int(value) if isinstance(value, np.integer) else value


def confidence_gap(y, p, w):
    """Expected calibration error (Guo et al. 2017) over ten bins (low, high]."""
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], confidence)
    return sum(abs(np.sum(w * (confidence - right) * (bins == b))) for b in range(10)) / w.sum()


def area_of_pairs(y, p, w, average):
    """One-vs-one ROC AUC. scikit-learn takes neither weights nor absent classes: whole weights are rows repeated, the others go pair by pair (Hand and Till 2001)."""
    k = p.shape[1]
    rows = np.arange(len(y)) if w is None else np.repeat(np.arange(len(y)), w.astype(int)) if (w == np.round(w)).all() else None
    if rows is not None and len(set(y[rows])) == k:
        return m.roc_auc_score(y[rows], p[rows], multi_class="ovo", average=average)
    w = np.ones(len(y)) if w is None else w
    present = sorted(set(y[w > 0]))
    areas, shares = [], []
    for i, a in enumerate(present):
        for b in present[i + 1:]:
            pair = (y == a) | (y == b)
            areas.append((m.roc_auc_score(y[pair] == a, p[pair, a], sample_weight=w[pair]) + m.roc_auc_score(y[pair] == b, p[pair, b], sample_weight=w[pair])) / 2)
            shares.append(w[pair].sum())
    return np.average(areas, weights=shares if average == "weighted" else None) if areas else None


def classes(name, y, p, w=None):
    k = p.shape[1]
    guess = p.argmax(axis=1)
    weights = np.ones(len(y)) if w is None else w
    expected = {
        "accuracy": m.accuracy_score(y, guess, sample_weight=w),
        "balanced_accuracy": m.balanced_accuracy_score(y, guess, sample_weight=w),
        "log_loss": m.log_loss(y, p, sample_weight=w, labels=range(k)),
        "mcc": m.matthews_corrcoef(y, guess, sample_weight=w),
        "cohen_kappa": m.cohen_kappa_score(y, guess, sample_weight=w),
        "expected_calibration_error": confidence_gap(y, p, weights),
    }
    for average in ["macro", "micro", "weighted"] + (["binary"] if k == 2 else []):
        end = "" if average == "binary" else "_" + average
        for kind, score in [("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)]:
            expected[kind + end] = score(y, guess, average=average, sample_weight=w, zero_division=0)
        for beta in (0, 0.5, 2):
            expected["f_beta%s:%s" % (end, beta)] = m.fbeta_score(y, guess, beta=beta, average=average, sample_weight=w, zero_division=0)
    curves = {}
    if k == 2:
        expected["brier"] = m.brier_score_loss(y, p[:, 1], sample_weight=w, pos_label=1)
        expected["average_precision"] = m.average_precision_score(y, p[:, 1], sample_weight=w)
        expected["average_precision_weighted"] = expected["average_precision"]
        if len(set(y)) == 2:
            for way in ("", "_weighted", "_ovo", "_ovo_weighted"):
                expected["roc_auc" + way] = m.roc_auc_score(y, p[:, 1], sample_weight=w)
            curves["roc"] = list(m.roc_curve(y, p[:, 1], sample_weight=w))
            curves["precision_recall"] = list(m.precision_recall_curve(y, p[:, 1], sample_weight=w))
            observed, predicted = calibration_curve(y, p[:, 1], n_bins=10)
            curves["calibration"] = [predicted, observed]
    else:
        onehot = np.eye(k)[y]
        expected["brier"] = np.average(((p - onehot) ** 2).sum(axis=1), weights=w)
        rows = [weights[y == c].sum() for c in range(k)]
        some = [c for c in range(k) if 0 < rows[c] < weights.sum()]
        if some:
            areas = [m.roc_auc_score(onehot[:, c], p[:, c], sample_weight=w) for c in some]
            expected["roc_auc"] = np.mean(areas)
            expected["roc_auc_weighted"] = np.average(areas, weights=[rows[c] for c in some])
            expected["roc_auc_ovo"] = area_of_pairs(y, p, w, "macro")
            expected["roc_auc_ovo_weighted"] = area_of_pairs(y, p, w, "weighted")
        if len(some) == k:
            assert np.isclose(expected["roc_auc"], m.roc_auc_score(y, p, multi_class="ovr", sample_weight=w))
            assert np.isclose(expected["roc_auc_weighted"], m.roc_auc_score(y, p, multi_class="ovr", average="weighted", sample_weight=w))
        there = [c for c in range(k) if rows[c] > 0]
        precisions = [m.average_precision_score(onehot[:, c], p[:, c], sample_weight=w) for c in there]
        expected["average_precision"] = np.mean(precisions)
        expected["average_precision_weighted"] = np.average(precisions, weights=[rows[c] for c in there])
        if len(there) == k:
            assert np.isclose(expected["average_precision_weighted"], m.average_precision_score(onehot, p, average="weighted", sample_weight=w))
        for most in range(1, k):
            expected["top_k_accuracy:%d" % most] = m.top_k_accuracy_score(y, p, k=most, sample_weight=w, labels=range(k))
        if k > 3:
            expected["top_3_accuracy"] = expected["top_k_accuracy:3"]
    return {"name": name, "classes": k, "truth": y, "probabilities": p, "weights": w, "expected": expected,
            "confusion": m.confusion_matrix(y, guess, sample_weight=w, labels=range(k)).astype(float), **curves}


def numbers(name, y, p, w=None, deviances=False, groups=None):
    expected = {
        "r2": m.r2_score(y, p, sample_weight=w),
        "rmse": m.mean_squared_error(y, p, sample_weight=w, squared=False),
        "mae": m.mean_absolute_error(y, p, sample_weight=w),
        "mape": m.mean_absolute_percentage_error(y, p, sample_weight=w),
        "median_absolute_error": m.median_absolute_error(y, p, sample_weight=w),
        "explained_variance": m.explained_variance_score(y, p, sample_weight=w),
        "max_error": m.max_error(y, p),
        "mse": m.mean_squared_error(y, p, sample_weight=w),
        "d2_absolute_error": m.d2_absolute_error_score(y, p, sample_weight=w),
    }
    for share in (0, 0.1, 0.5, 0.9, 1):
        expected["pinball:%s" % share] = m.mean_pinball_loss(y, p, alpha=share, sample_weight=w)
        expected["d2_pinball:%s" % share] = m.d2_pinball_score(y, p, alpha=share, sample_weight=w)
    for delta in (0.25, 1, 1.5):
        expected["huber:%s" % delta] = np.average(huber(delta, y - p), weights=w)
    expected["tweedie_deviance:0"] = m.mean_tweedie_deviance(y, p, power=0, sample_weight=w)
    if len(set(y)) > 1:
        expected["d2_tweedie:0"] = m.d2_tweedie_score(y, p, power=0, sample_weight=w)
    if (y >= 0).all() and (p >= 0).all():
        expected["rmsle"] = m.mean_squared_log_error(y, p, sample_weight=w, squared=False)
    if deviances:
        expected["poisson_deviance"] = m.mean_poisson_deviance(y, p, sample_weight=w)
        expected["tweedie_deviance"] = m.mean_tweedie_deviance(y, p, power=1.5, sample_weight=w)
        if (y > 0).all():
            expected["gamma_deviance"] = m.mean_gamma_deviance(y, p, sample_weight=w)
        for power in [-1, 1, 1.2, 1.5, 1.9] + ([2, 2.5, 3] if (y > 0).all() else []):
            expected["tweedie_deviance:%s" % power] = m.mean_tweedie_deviance(y, p, power=power, sample_weight=w)
            expected["d2_tweedie:%s" % power] = m.d2_tweedie_score(y, p, power=power, sample_weight=w)
    if groups is not None:
        # scikit-learn's gain is linear in what it is given: 2^relevance - 1 makes it the usual one. It gives 0 to a query where nothing is relevant; ours, as LightGBM's, is 1.
        shares = None if w is None else [w[groups == g].mean() for g in np.unique(groups)]
        for most in (1, 3, 10, 100):
            each = [m.ndcg_score([2.0 ** y[groups == g] - 1], [p[groups == g]], k=most) if y[groups == g].any() else 1 for g in np.unique(groups)]
            expected["ndcg:%d" % most] = np.average(each, weights=shares)
        expected["ndcg_10"] = expected["ndcg:10"]
    return {"name": name, "truth": y, "predicted": p, "weights": w, "groups": groups, "expected": expected}


def two(score):
    return np.column_stack([1 - score, score])


n = 60
y2 = (rng.rand(n) < 0.35).astype(int)
smooth = np.clip(0.3 * y2 + 0.6 * rng.rand(n), 0, 1)
tied = np.round(smooth, 1)
hard = np.where(rng.rand(n) < 0.15, 1.0 - y2, y2.astype(float))
real = rng.gamma(1.5, size=n)
whole = rng.randint(0, 4, n).astype(float)
many = rng.rand(n, 5) ** 2
y5 = rng.randint(0, 5, n)
many[np.arange(n), y5] += 0.4
many /= many.sum(axis=1, keepdims=True)
coarse = np.round(many * 4) + 0.5
coarse /= coarse.sum(axis=1, keepdims=True)
absent = np.where(y5 == 2, 1, y5)
y3 = rng.randint(0, 3, n)
p3 = rng.dirichlet([1, 1, 1], n)

yr = rng.randn(41) * 3 + 1
pr = yr + rng.standard_t(3, 41)
wr = rng.gamma(2, size=41)
mean = rng.gamma(2, size=50)
counts = rng.poisson(mean).astype(float)
amounts = rng.gamma(1.5, size=50) * mean
wm = rng.gamma(2, size=50)
query = np.repeat(np.arange(4), [5, 20, 12, 13])
relevance = rng.randint(0, 5, 50).astype(float)
guess = relevance + 3 * rng.randn(50)

print(json.dumps(clean({
    "classes": [
        classes("two classes", y2, two(smooth)),
        classes("two classes with ties", y2, two(tied)),
        classes("two classes with ties and weights", y2, two(tied), real),
        classes("two classes with weights of 0", y2, two(smooth), whole),
        classes("certain and sometimes wrong", y2, two(hard)),
        classes("all rows of class 0", np.zeros(n, int), two(smooth)),
        classes("all rows of class 1", np.ones(n, int), two(smooth)),
        classes("never predicted positive", y2, two(smooth * 0.4)),
        classes("three classes", y3, p3),
        classes("five classes", y5, many),
        classes("five classes with weights", y5, many, real),
        classes("five classes with ties", y5, coarse, whole),
        classes("a class without rows", absent, many),
        classes("a class without rows and weights", absent, many, real),
        classes("one of three classes only", np.full(n, 1), p3),
        classes("three classes, all right", p3.argmax(axis=1), p3),
        classes("three classes with weights of 0", y3, p3, whole),
    ],
    "numbers": [
        numbers("plain", yr, pr),
        numbers("an even number of rows", yr[:40], pr[:40]),
        numbers("weights", yr, pr, wr),
        numbers("weights of 0", yr, pr, np.round(wr)),
        numbers("a constant target", np.full(10, 2.5), pr[:10]),
        numbers("a constant target, all right", np.full(10, 2.5), np.full(10, 2.5)),
        numbers("a true value of 0", np.array([0.0, 1, 2, 4]), np.array([0.5, 1, 2, 3])),
        numbers("counts", counts, mean, deviances=True),
        numbers("amounts with weights", amounts, mean, wm, deviances=True),
        numbers("relevances of queries", relevance, guess, groups=query),
        numbers("counts that are all 0 but one", np.eye(1, 50)[0], mean, deviances=True),
        numbers("amounts far from the truth", amounts[:20] * 1e6, mean[:20] * 1e-6, deviances=True),
        numbers("targets with ties and weights", np.round(yr), np.round(pr), wr),
        numbers("relevances with equal predictions", relevance, np.round(guess / 3), groups=query),
        numbers("a query of nothing relevant", np.where(query == 1, 0, relevance), guess, groups=query),
        numbers("relevances with weights", relevance, guess, wm, groups=query),
    ],
})))
