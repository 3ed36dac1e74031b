"""What the comparisons share: starting Strata's bench or a peer on a table in a process of its own, losses of their predictions, and sections of bench/results.md."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

import tables

PROGRAM = tables.ROOT / "artifacts/bin/Strata.Bench/release/Strata.Bench"
HERE = pathlib.Path(__file__).resolve().parent


def require_program():
    if not PROGRAM.exists():
        sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")


def run(command, table):
    """Starts one contestant; its figures with its test predictions, or None and the reason where it is not there."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "predictions.f64"
        done = subprocess.run([str(part).replace("{out}", str(out)) for part in command], capture_output=True, text=True, env=os.environ | {"PYTHONWARNINGS": "ignore"})
        if done.returncode:
            return None, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"ended with {done.returncode}"
        figures = json.loads(done.stdout.strip().splitlines()[-1])
        if "left_out" in figures:
            return None, figures["left_out"]
        classes = json.loads((table / "table.json").read_text())["classes"]
        predictions = np.fromfile(out)
        return figures | {"predictions": predictions.reshape(-1, classes) if classes else predictions}, None


def strata(table, algorithm, values, threads, repeats, seed=0):
    settings = [part for name, value in values.items() for part in ("--set", f"{name}={value}")]
    return run([PROGRAM, "fit", "--data", table, "--algorithm", algorithm, "--threads", threads, "--repeats", repeats, "--seed", seed, "--out", "{out}", *settings], table)


def peer(name, table, settings):
    return run([sys.executable, HERE / "fit_peer.py", name, table, json.dumps(settings), "{out}"], table)


def targets(table):
    return np.fromfile(table / "test.y.f64")


def losses(predictions, y):
    """The loss of each row: log loss for classes, squared error for numbers [rows]."""
    if predictions.ndim == 1:
        return (predictions - y) ** 2
    return -np.log(np.clip(predictions[np.arange(len(y)), y.astype(int)], 1e-15, 1))


def auc(scores, y):
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.bincount(places, ranks) / counts)[places]
    positives = y.sum()
    return (ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives))


def difference(ours, theirs):
    """Mean of our losses minus theirs in their standard errors; below zero is better for us."""
    gap = ours - theirs
    error = gap.std(ddof=1) / np.sqrt(len(gap))
    return 0.0 if error == 0 else gap.mean() / error


def write_section(title, lines):
    """Replaces the section of this title in bench/results.md, or adds it at the end."""
    path = tables.ROOT / "bench/results.md"
    text = path.read_text()
    section = f"## {title}\n\n" + "\n".join(lines).strip() + "\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.S | re.M)
    if pattern.search(text):
        text = pattern.sub(lambda _: section + "\n", text)
    else:
        text = text.rstrip() + "\n\n" + section
    path.write_text(text.rstrip() + "\n")
