#!/usr/bin/env python3
"""How the time of boosting grows with rows, columns and threads, beside LightGBM where it can be imported: draws docs/images/scaling.svg and writes a section of bench/results.md.

Usage: python3 bench/peers/scaling.py [--most-rows 5000000] [--trees 30] [--leaves 63] [--threads 2] [--repeats 3] [--dry]
Needs numpy and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import os

import numpy as np

import contest
import tables

parser = argparse.ArgumentParser()
for name, value in [("most-rows", 5_000_000), ("trees", 30), ("leaves", 63), ("threads", min(2, os.cpu_count())), ("repeats", 3)]:
    parser.add_argument("--" + name, type=int, default=value)
parser.add_argument("--dry", action="store_true")
args = parser.parse_args()
contest.require_program()

INK, OURS, THEIRS = "#64748b", "#2563eb", "#f59e0b"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 300, 260, 52, 34, 44


def measure(rows, columns, threads):
    table = tables.make(f"scaling-{rows}-{columns}", rows, columns)
    ours, problem = contest.strata(table, "gradient_boosting", {"trees": args.trees, "max_leaves": args.leaves, "learning_rate": 0.1}, threads, args.repeats)
    if ours is None:
        raise SystemExit(f"Strata failed: {problem}")
    theirs, _ = contest.peer("lightgbm", table, {"trees": args.trees, "leaves": args.leaves, "rate": 0.1, "threads": threads, "repeats": args.repeats})
    return ours["fit_seconds"], theirs["fit_seconds"] if theirs else None


def panel(title, places, results, log):
    """One plot: seconds over rows, columns or threads."""
    xs = np.log10(places) if log else np.array(places, float)
    series = [(OURS, "Strata", [ours for ours, _ in results])] + ([(THEIRS, "LightGBM", [theirs for _, theirs in results])] if all(theirs for _, theirs in results) else [])
    times = np.concatenate([values for _, _, values in series])
    scale = np.log10 if log else lambda value: np.asarray(value, float)
    low, high = (np.floor(scale(times.min())), np.ceil(scale(times.max()))) if log else (0, times.max() * 1.1)

    def x(value):
        return LEFT + (value - xs.min()) / (xs.max() - xs.min() or 1) * (WIDTH - LEFT - 16)

    def y(value):
        return HEIGHT - BOTTOM - (scale(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text x="{LEFT}" y="18" font-weight="600">{title}</text>']
    ticks = [10.0 ** power for power in range(int(low), int(high) + 1)] if log else [round(high * part / 4, 1) for part in range(5)]
    for tick in ticks:
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="{INK}" stroke-opacity="0.25"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g} s</text>')
    for place, at in zip(places, xs):
        label = f"{place / 1e6:g}M" if place >= 1e6 else f"{place / 1e3:g}k" if place >= 1e3 else f"{place:g}"
        parts.append(f'<text x="{x(at):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{label}</text>')
    for row, (colour, name, values) in enumerate(series):
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in zip(xs, values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{point.split(",")[0]}" cy="{point.split(",")[1]}" r="3" fill="{colour}"/>' for point in points.split()]
        parts.append(f'<text x="{LEFT + 8 + 70 * row}" y="{HEIGHT - 6}" fill="{colour}">{name}</text>')
    return "\n".join(parts)


rows = [count for count in [10_000, 30_000, 100_000, 300_000, 1_000_000, 5_000_000] if count <= args.most_rows]
columns, threads = [10, 30, 100, 300], list(range(1, args.threads + 1))
plots = [("Rows (28 columns)", rows, [(count, 28, args.threads) for count in rows], True),
         ("Columns (100,000 rows)", columns, [(100_000, count, args.threads) for count in columns], True),
         ("Threads (1,000,000 x 28)", threads, [(min(1_000_000, args.most_rows), 28, count) for count in threads], False)]
panels, lines = [], [f"Seconds to fit {args.trees} trees of {args.leaves} leaves, median of {args.repeats} after a warm-up. Plot: [docs/images/scaling.svg](../docs/images/scaling.svg). Command: `python3 bench/peers/scaling.py`", "",
                     "| rows | columns | threads | Strata s | LightGBM s | ratio |", "|---|---|---|---|---|---|"]
for title, places, cases, log in plots:
    results = []
    for case in cases:
        ours, theirs = measure(*case)
        results.append((ours, theirs))
        lines.append(f"| {case[0]:,} | {case[1]} | {case[2]} | {ours:.2f} | " + (f"{theirs:.2f} | {ours / theirs:.2f} |" if theirs else " | |"))
        print(lines[-1], flush=True)
    panels.append(f'<g transform="translate({len(panels) * WIDTH} 0)">{panel(title, places, results, log)}</g>')
if not args.dry:
    image = tables.ROOT / "docs/images/scaling.svg"
    image.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}" font-family="system-ui, sans-serif" font-size="11" fill="{INK}">\n'
                     + "<title>Time of boosting by rows, columns and threads</title>\n" + "\n".join(panels) + "\n</svg>\n")
    contest.write_section("How time grows", lines)
