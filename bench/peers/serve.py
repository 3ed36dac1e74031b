#!/usr/bin/env python3
"""Single rows over HTTP: a Strata deployment beside a bare ASP.NET endpoint and FastAPI + uvicorn + scikit-learn, by the same load generator on the same machine, one after the other.

Usage: python3 bench/peers/serve.py [--connections 16] [--seconds 8] [--workers 2]
Needs fastapi, uvicorn and scikit-learn and a built bench: dotnet build -c Release bench/Strata.Bench"""
import argparse
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
for name, value in [("connections", 16), ("seconds", 8), ("workers", 2)]:
    parser.add_argument("--" + name, type=int, default=value)
args = parser.parse_args() if __name__ == "__main__" else None
COLUMNS = 20


def app():
    import numpy as np
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sklearn.ensemble import GradientBoostingClassifier
    from typing import Dict, List

    random = np.random.default_rng(1)
    x = random.normal(size=(10_000, COLUMNS))
    y = (x[:, 0] + x[:, 1] * x[:, 2] + 0.5 * random.normal(size=10_000) > 0).astype(int)
    model = GradientBoostingClassifier(n_estimators=100, max_depth=5, subsample=0.2).fit(x, y)
    names = [f"x{i}" for i in range(COLUMNS)]

    class Request(BaseModel):
        rows: List[Dict[str, float]]

    served = FastAPI()

    @served.post("/predict")
    def predict(request: Request):
        table = np.array([[row[name] for name in names] for row in request.rows])
        return {"items": [{"prediction": f"c{share.argmax()}", "probabilities": {"c0": share[0], "c1": share[1]}} for share in model.predict_proba(table)]}

    return served


if __name__ == "__main__":
    root = pathlib.Path(__file__).resolve().parents[2]
    program = root / "artifacts/bin/Strata.Bench/release/Strata.Bench"
    if not program.exists():
        sys.exit("Build the bench first: dotnet build -c Release bench/Strata.Bench")
    common = ["--connections", str(args.connections), "--seconds", str(args.seconds)]
    ours = subprocess.run([program, "serve", *common], check=True, capture_output=True, text=True).stdout
    results = {line["what"]: line for line in map(json.loads, ours.splitlines())}

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as body:
        import random

        json.dump({"rows": [{f"x{i}": round(random.gauss(0, 1), 6) for i in range(COLUMNS)}]}, body)
        body.flush()
        command = [sys.executable, "-m", "uvicorn", "serve:app", "--factory", "--app-dir", str(pathlib.Path(__file__).parent), "--port", str(port), "--workers", str(args.workers), "--no-access-log"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.2)
            time.sleep(8)
            load = subprocess.run([program, "load", "--url", f"http://127.0.0.1:{port}/predict", "--body", body.name, *common], check=True, capture_output=True, text=True).stdout
            results["fastapi"] = json.loads(load)
        finally:
            server.terminate()
            server.wait(10)
    for name, figures in results.items():
        print(f"{name:8} {figures['requests_per_second']:9.0f} requests/s   p50 {figures['p50_ms']:8.3f} ms   p99 {figures['p99_ms']:8.3f} ms")
    strata = results["strata"]["requests_per_second"]
    print(f"strata / bare {strata / results['bare']['requests_per_second']:.2f}   strata / fastapi {strata / results['fastapi']['requests_per_second']:.1f}   logged {results['strata']['logged']}, dropped {results['strata']['dropped']}")
