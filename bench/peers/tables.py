"""Generated tables for the comparisons: made once into bench/data/NAME, then read by Strata's bench and by the peers alike.

A table is a directory: table.json says rows, columns and classes; train.x.f32 and test.x.f32 hold the columns one after the other in single precision (missing is NaN,
a category is its code), train.y.f64 and test.y.f64 the target (a class is its code)."""
import json
import pathlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def save(folder, name, x_train, y_train, x_test, y_test, classes, levels=None):
    """levels: for each column the number of its categories, or 0 for numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, x, y in [("train", x_train, y_train), ("test", x_test, y_test)]:
        np.ascontiguousarray(x.T, dtype=np.float32).tofile(folder / f"{part}.x.f32")
        np.asarray(y, dtype=np.float64).tofile(folder / f"{part}.y.f64")
    (folder / "table.json").write_text(json.dumps({
        "name": name, "train_rows": len(y_train), "test_rows": len(y_test), "classes": classes, "levels": [int(count) for count in (levels if levels is not None else [0] * x_train.shape[1])]}))
    return folder


def load(folder):
    """The directory's description, and (x, y) of both parts."""
    folder = pathlib.Path(folder)
    about = json.loads((folder / "table.json").read_text())

    def part(name):
        y = np.fromfile(folder / f"{name}.y.f64", dtype=np.float64)
        return np.ascontiguousarray(np.fromfile(folder / f"{name}.x.f32", dtype=np.float32).reshape(-1, len(y)).T), y

    return about, part("train"), part("test")


def measurements(rows, columns, seed, missing=0.0, classes=2):
    """Skewed, symmetric and few-valued measurements and columns made from others; the class depends on products and angles, with noise."""
    random = np.random.default_rng(seed)
    measured = max(2, columns * 3 // 4)
    x = np.empty((rows, columns), dtype=np.float32)
    for i in range(measured):
        z = random.standard_normal(rows)
        x[:, i] = [np.exp(0.5 * z), z, np.pi * (2 * random.random(rows) - 1), np.floor(2.2 * random.random(rows) * (1 + (z > 0)))][i % 4]
    for i in range(measured, columns):
        a, b = x[:, i * 5 % measured], x[:, (i * 3 + 1) % measured]
        x[:, i] = np.sqrt(a * a + b * b + 0.3 * a * b) * np.exp(0.1 * random.standard_normal(rows))
    scores = []
    for k in range(1 if classes == 2 else classes):
        score = np.zeros(rows)
        for i in range(k, measured - 2, 1 if classes == 2 else 2):
            score += 0.35 * np.sin(1.3 * x[:, i] + i + k) * np.tanh(x[:, i + 1]) + 0.1 * np.cos(x[:, i + 2] - x[:, i])
        scores.append(score + 0.9 * random.standard_normal(rows))
    y = (scores[0] > 0.2).astype(int) if classes == 2 else np.argmax(scores, axis=0)
    if missing:
        x[random.random(x.shape) < missing] = np.nan
    return x, y


def categories(rows, seed):
    """20 columns of 5 to 200 levels whose effects are hidden in the codes, and 8 numbers; two classes."""
    effects, random = np.random.default_rng(7), np.random.default_rng(seed)
    levels = [5, 8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 200, 6, 10, 14, 20, 40, 80, 120, 180]
    codes = np.stack([np.minimum((count * random.random(rows) ** 1.5).astype(int), count - 1) for count in levels], axis=1)
    numbers = random.standard_normal((rows, 8))
    score = sum(effects.standard_normal(count)[codes[:, i]] * 0.35 for i, count in enumerate(levels))
    score += 0.4 * numbers[:, 0] * effects.standard_normal(levels[5])[codes[:, 5]] + 0.3 * np.sin(2 * numbers[:, 1]) + 0.3 * numbers[:, 2] * numbers[:, 3]
    y = (score + 0.8 * random.standard_normal(rows) > 0).astype(int)
    return np.concatenate([codes, numbers], axis=1).astype(np.float32), y, levels + [0] * 8


def make(name, rows, columns=28, **settings):
    """The named table, made on its first use."""
    folder = ROOT / "bench/data" / name
    if not (folder / "table.json").exists():
        test_rows = min(rows, 100_000)
        if name.startswith("categories"):
            x, y, levels = categories(rows + test_rows, 1)
        else:
            x, y = measurements(rows + test_rows, columns, 1, **settings)
            levels = None
        save(folder, name, x[:rows], y[:rows], x[rows:], y[rows:], settings.get("classes", 2), levels)
    return folder
