"""Predicts with a peer, for the tests of exported models: predict_with_peer.py xgboost|lightgbm FOLDER

For each FOLDER/*.model reads FOLDER/<name>.rows.json, {"columns": [{"name", "numbers" or "codes"}]} with null for missing, and writes
FOLDER/<name>.predictions.json, a list of rows of predictions. Leaves with 3 when the peer or what it needs cannot be imported."""
import glob
import json
import sys

try:
    import numpy as np

    peer = __import__(sys.argv[1])
except Exception as problem:
    print(problem, file=sys.stderr)
    sys.exit(3)

for path in glob.glob(sys.argv[2] + "/*.model"):
    name = path[: -len(".model")]
    with open(name + ".rows.json") as file:
        columns = json.load(file)["columns"]
    rows = np.array([[float("nan") if value is None else value for value in column.get("numbers") or column.get("codes")] for column in columns], dtype=float).T
    with open(path) as file:
        content = file.read()
    if sys.argv[1] == "lightgbm":
        predictions = peer.Booster(model_str=content).predict(rows, num_threads=1)
    else:
        booster = peer.Booster(model_file=bytearray(content, "utf-8"))
        types = ["c" if "codes" in column else "float" for column in columns]
        predictions = booster.predict(peer.DMatrix(rows, feature_names=[column["name"] for column in columns], feature_types=types, enable_categorical=True, nthread=1))
    with open(name + ".predictions.json", "w") as file:
        json.dump(np.asarray(predictions, dtype=float).reshape(len(rows), -1).tolist(), file)
