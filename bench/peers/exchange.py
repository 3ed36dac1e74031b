#!/usr/bin/env python3
"""Exports models that Strata trained to XGBoost and LightGBM, loads them there and compares the predictions on rows that were held out.

Usage: python3 bench/peers/exchange.py [--program artifacts/bin/Strata.Cli/debug/strata] [--table FILE.csv --target NAME [--train-option OPTION ...]]
Without a table, made ones with missing values, categories and every kind of target are used. Uses the peers that can be imported, of
xgboost and lightgbm; needs numpy and pandas and a built program: dotnet build src/Strata.Cli"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("--program", default=root / "artifacts/bin/Strata.Cli/debug/strata")
parser.add_argument("--table")
parser.add_argument("--target")
parser.add_argument("--train-option", action="append", default=[], help="passed to 'strata train', such as --train-option=--group=star")
parser.add_argument("--rows", type=int, default=2000)
args = parser.parse_args()
PEERS = [name for name in ["xgboost", "lightgbm"] if importlib.util.find_spec(name)]


def strata(*arguments):
    done = subprocess.run([args.program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def made(kind, rows):
    chance = np.random.default_rng(7)
    table = pd.DataFrame(chance.normal(size=(rows, 6)), columns=list("abcdef"))
    table["count"] = chance.integers(0, 50, rows).astype(float)
    table["flag"] = chance.random(rows) < 0.5
    table["town"] = chance.choice(["Aachen", "Bern", "Cork", "Delft", "Evora", "Fes", "Gent"], rows)
    table["kind of roof"] = chance.choice([f"roof {i}" for i in range(40)], rows)
    score = np.sin(2 * table.a) + table.b * (table.c > 0) + 0.03 * table["count"] + table.town.isin(["Bern", "Fes"]) * 1.5 + (table["kind of roof"].str[-1] > "5") + 0.2 * chance.normal(size=rows)
    for column in ["a", "b", "town", "kind of roof"]:
        table.loc[chance.random(rows) < 0.3, column] = None
    positive = np.exp(0.5 * score)
    table["y"] = {
        "number": 40 + 7 * score,
        "two": np.where(score > np.median(score), "yes", "no"),
        "four": np.array(["p", "q", "r", "s"])[np.searchsorted(np.quantile(score, [0.25, 0.5, 0.75]), score)],
        "count": chance.poisson(positive),
        "positive": positive,
        "amount": np.where(chance.random(rows) < 0.3, 0, positive),
    }[kind]
    return table


def coded(table, levels, columns):
    """The columns in order; categories as pandas categories of the model's levels, so that unknown ones are missing."""
    result = {}
    for column in columns:
        values = table[column["original"]]
        if column["levels"] is not None:
            texts = [None if pd.isna(value) else (str(value).lower() if isinstance(value, (bool, np.bool_)) else str(value)) for value in values]
            result[column["name"]] = pd.Categorical(texts, categories=levels[column["name"]])
        else:
            result[column["name"]] = values.astype(float)
    return pd.DataFrame(result)


def peer_predictions(peer, file, rows):
    if peer == "lightgbm":
        import lightgbm

        return lightgbm.Booster(model_file=file).predict(rows, num_threads=2)
    import xgboost

    booster = xgboost.Booster(model_file=file)
    return booster.predict(xgboost.DMatrix(rows, enable_categorical=True))


def own_predictions(file):
    table = pd.read_csv(file)
    classes = [name for name in table.columns if name.startswith("p(")]
    if not classes:
        return table["prediction"].to_numpy(float)
    return table[classes[1]].to_numpy(float) if len(classes) == 2 else table[classes].to_numpy(float)


def compare(name, table, target, options, folder, results):
    split = int(len(table) * 0.75)
    train, test = folder / "train.csv", folder / "test.csv"
    table[:split].to_csv(train, index=False)
    held_out = table[split:].drop(columns=target)
    held_out.to_csv(test, index=False)
    model = folder / "model.strata"
    strata("train", train, "--target", target, "--seed", 1, "--out", model, *options)
    strata("predict", model, test, "--out", folder / "ours.csv")
    ours = own_predictions(folder / "ours.csv")
    signature = [column["name"] for column in json.loads(strata("show", model, "--json"))["signature"]["features"]["columns"]]
    for peer in PEERS:
        file = str(folder / ("model.json" if peer == "xgboost" else "model.txt"))
        try:
            exported = json.loads(strata("export", model, "--format", peer, "--out", file, "--json"))
        except RuntimeError as refusal:
            results.append((name, peer, None, str(refusal).splitlines()[0]))
            continue
        levels = json.loads(pathlib.Path(exported["categories"]).read_text()) if exported.get("categories") else {}
        # Names may have been changed for the peer, the order never is; columns without values for the model were dropped before.
        kept = [original for original in signature if original in held_out.columns] if len(exported["columns"]) == len(signature) else None
        columns = [{"name": column["name"], "levels": column.get("levels"), "original": kept[i] if kept else column["name"]} for i, column in enumerate(exported["columns"])]
        theirs = peer_predictions(peer, file, coded(held_out, levels, columns))
        strata("import", file, "--out", folder / "back.strata")
        difference, largest = np.abs(theirs - ours), np.abs(ours).max()
        remark = f"{difference.max() / largest:.1e} of the largest prediction; {(difference > 1e-5 * largest).sum()} of {difference.size} off by more than 1e-5 of it; {exported['objective']}"
        results.append((name, peer, difference.max(), remark))


def main():
    if not PEERS:
        sys.exit("Neither xgboost nor lightgbm can be imported.")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if args.table:
            table = pd.read_csv(args.table, comment="#", low_memory=False)
            table = table[table[args.target].notna()].sample(frac=1, random_state=3)
            for algorithm in ["gradient_boosting", "random_forest"]:
                compare(f"{pathlib.Path(args.table).name} {algorithm}", table, args.target, ["--algorithm", algorithm, *args.train_option], folder, results)
        else:
            few = ["--set", "trees=60"]
            for kind, options in [
                ("number", few), ("two", few), ("four", few),
                ("count", [*few, "--task", "regression", "--set", "objective=poisson"]), ("positive", [*few, "--set", "objective=gamma"]), ("amount", [*few, "--set", "objective=tweedie"]),
                ("number", [*few, "--set", "objective=absolute_error"]), ("number", [*few, "--set", "objective=huber"]), ("number", [*few, "--set", "objective=quantile"]),
                ("number", ["--algorithm", "random_forest", *few]), ("two", ["--algorithm", "random_forest", *few]), ("four", ["--algorithm", "random_forest", *few]),
                ("number", ["--algorithm", "xgboost"]), ("four", ["--algorithm", "xgboost"]), ("two", ["--algorithm", "lightgbm"]), ("four", ["--algorithm", "lightgbm"]),
                ("number", ["--algorithm", "extra_trees", *few]), ("two", ["--algorithm", "bagging"]),
                ("two", ["--algorithm", "decision_tree"]), ("two", ["--algorithm", "logistic_regression"]),
            ]:
                compare(f"{kind} {' '.join(option for option in options if not option.startswith('--'))}", made(kind, args.rows), "y", options, folder, results)
    print(f"{'model':58} {'peer':9} {'largest difference':>18}  remarks")
    for name, peer, difference, remark in results:
        print(f"{name:58} {peer:9} {'refused' if difference is None else f'{difference:.2e}':>18}  {remark}")


main()
