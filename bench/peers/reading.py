"""Times pandas' C reader on one CSV file: reading.py FILE REPEATS; prints {"median": s, "processor": s, "sums": [...], "version": "..."}."""
import json
import statistics
import sys
import time

import pandas

path, repeats = sys.argv[1], int(sys.argv[2])
table = pandas.read_csv(path, engine="c")
seconds, processor = [], []
for _ in range(repeats):
    start, busy = time.perf_counter(), time.process_time()
    table = pandas.read_csv(path, engine="c")
    seconds.append(time.perf_counter() - start)
    processor.append(time.process_time() - busy)
print(json.dumps({"median": statistics.median(seconds), "processor": statistics.median(processor), "sums": [float(total) for total in table.sum()], "version": pandas.__version__}))
