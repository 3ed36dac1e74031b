"""Fits one peer on one table and prints what it took as JSON; started by trees.py and quality.py, each peer in a process of its own so that its memory can be told.

Usage: python3 bench/peers/fit_peer.py PEER TABLE_DIR SETTINGS_JSON PREDICTIONS_FILE
SETTINGS: trees, leaves, rate, threads, repeats, and optionally preset: true for the peer's own defaults; forest: true for a random forest."""
import json
import os
import pathlib
import resource
import sys
import time

peer, folder, settings, out = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
os.environ["OMP_NUM_THREADS"] = str(settings["threads"])

import numpy as np  # noqa: E402, after the number of threads is set

import tables  # noqa: E402

about, (x, y), (x_test, y_test) = tables.load(folder)
classes, threads, preset = about["classes"], settings["threads"], settings.get("preset", False)


def peak_kib(forget=False):
    """The most memory held since it was last forgotten, or since the start where the system cannot forget."""
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if forget:
        pathlib.Path("/proc/self/clear_refs").write_text("5")
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:")).split()[1])


category = [i for i, levels in enumerate(about["levels"]) if levels]


def lightgbm():
    import lightgbm as library

    parameters = {"objective": "regression" if classes == 0 else "binary" if classes == 2 else "multiclass", "num_threads": threads, "verbose": -1}
    if classes > 2:
        parameters["num_class"] = classes
    if not preset:
        parameters |= {"num_leaves": settings["leaves"], "learning_rate": settings["rate"], "min_data_in_leaf": 20, "lambda_l2": 0.0}
    if peer == "lightgbm-quantised":
        parameters |= {"use_quantized_grad": True, "quant_train_renew_leaf": True}
    return (f"LightGBM {library.__version__}{', quantised' if 'quantised' in peer else ''}",
            lambda: library.train(parameters, library.Dataset(x, y, categorical_feature=category, params={"verbose": -1}), settings["trees"]), lambda model, rows: model.predict(rows))


def xgboost():
    import xgboost as library

    objective = "reg:squarederror" if classes == 0 else "binary:logistic" if classes == 2 else "multi:softprob"
    parameters = {"objective": objective, "tree_method": "hist", "nthread": threads, "verbosity": 0}
    if classes > 2:
        parameters["num_class"] = classes
    if not preset:
        parameters |= {"grow_policy": "lossguide", "max_depth": 0, "max_leaves": settings["leaves"], "eta": settings["rate"], "max_bin": 255, "lambda": 0.0, "min_child_weight": 5.0 if classes == 2 else 2.0}
    types = ["c" if levels else "q" for levels in about["levels"]]

    def matrix(rows, labels=None):
        return library.DMatrix(rows, labels, feature_types=types, enable_categorical=True, nthread=threads)

    return f"XGBoost {library.__version__}", lambda: library.train(parameters, matrix(x, y), settings["trees"]), lambda model, rows: model.predict(matrix(rows))


def sklearn():
    import sklearn as library
    from sklearn import ensemble

    name = f"scikit-learn {library.__version__}"
    if settings.get("forest"):
        kind = ensemble.RandomForestRegressor if classes == 0 else ensemble.RandomForestClassifier
        return name, lambda: kind(settings["trees"], n_jobs=threads, random_state=0).fit(x, y), predict_sklearn
    kind = ensemble.HistGradientBoostingRegressor if classes == 0 else ensemble.HistGradientBoostingClassifier
    own = {} if preset else {"max_leaf_nodes": settings["leaves"], "learning_rate": settings["rate"], "min_samples_leaf": 20, "l2_regularization": 0.0}
    return name, lambda: kind(max_iter=settings["trees"], early_stopping=False, categorical_features=category or None, random_state=0, **own).fit(x, y), predict_sklearn


def predict_sklearn(model, rows):
    return model.predict(rows) if classes == 0 else model.predict_proba(rows)


def timed(work, repeats):
    """The last result with median wall and processor seconds; the work has been done once before."""
    result, wall, processor = None, [], []
    for _ in range(repeats):
        began, began_processor = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return result, float(np.median(wall or [0])), float(np.median(processor or [0]))


try:
    name, fit, predict = {"lightgbm": lightgbm, "lightgbm-quantised": lightgbm, "xgboost": xgboost, "sklearn": sklearn}[peer]()
except ImportError as error:
    print(json.dumps({"left_out": str(error)}))
    sys.exit()
held = peak_kib(forget=True)  # with the table and the library in memory
model = fit()
peak = peak_kib()
again, wall, processor = timed(fit, settings["repeats"])
model = again or model
if settings["repeats"]:
    predict(model, x)
_, predict_wall, predict_processor = timed(lambda: predict(model, x), min(settings["repeats"], 3))
predictions = np.asarray(predict(model, x_test), dtype=np.float64)
if classes == 2 and predictions.ndim == 1:
    predictions = np.stack([1 - predictions, predictions], axis=1)
np.ascontiguousarray(predictions).tofile(out)
print(json.dumps({"name": name, "fit_seconds": wall, "fit_processor_seconds": processor, "predict_seconds": predict_wall, "predict_processor_seconds": predict_processor,
                  "peak_mib": peak / 1024, "fit_mib": (peak - held) / 1024}))
