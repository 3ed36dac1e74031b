"""Processor seconds of ROCKET's transform in numpy: random kernels of 7, 9 or 11 steps over all series at once, largest sum and share above zero of each.

python3 bench/peers/rocket.py DATA/series/ucr/Earthquakes --kernels 100     (reads _TRAIN.tsv and _TEST.tsv; prints the seconds of 10,000 kernels at the same rate)
"""
import argparse
import time

import numpy as np


def transform(series, kernels, random):
    rows, steps = series.shape
    features = np.empty((rows, 2 * kernels), np.float32)
    for k in range(kernels):
        length = random.choice((7, 9, 11))
        weights = random.normal(size=length).astype(np.float32)
        weights -= weights.mean()
        bias = np.float32(random.uniform(-1, 1))
        dilation = int(2 ** random.uniform(0, np.log2((steps - 1) / (length - 1))))
        reach = (length - 1) * dilation
        x = np.pad(series, ((0, 0), (reach // 2, reach // 2))) if random.integers(2) else series
        places = x.shape[1] - reach
        sums = np.full((rows, places), bias, np.float32)
        for tap in range(length):
            sums += weights[tap] * x[:, tap * dilation:tap * dilation + places]
        features[:, 2 * k], features[:, 2 * k + 1] = sums.max(1), (sums > 0).mean(1)
    return features


parser = argparse.ArgumentParser()
parser.add_argument("set")
parser.add_argument("--kernels", type=int, default=100)
options = parser.parse_args()
data = np.concatenate([np.loadtxt(f"{options.set}_{part}.tsv", delimiter="\t", dtype=np.float32)[:, 1:] for part in ("TRAIN", "TEST")])
data = (data - data.mean(1, keepdims=True)) / data.std(1, keepdims=True)
generator = np.random.default_rng(0)
transform(data, 10, generator)
start = time.process_time()
transform(data, options.kernels, generator)
print(f"{len(data)} series of {data.shape[1]} steps: {(time.process_time() - start) * 10_000 / options.kernels:.1f} processor seconds for 10,000 kernels (numpy {np.__version__})")
