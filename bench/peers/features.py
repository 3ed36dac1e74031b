"""pandas on the rows that `strata-bench features --data DIR` wrote: rolling windows, then merge_asof. Run: python3 features.py DIR [REPEATS]"""
import os
import sys
import time

import numpy as np
import pandas as pd


def column(name, kind):
    return np.fromfile(os.path.join(sys.argv[1], f"features.{name}"), dtype=kind)


def dates(name):
    return pd.Timestamp("2024-01-01") + pd.to_timedelta(column(name, np.int64), unit="s")


source = pd.DataFrame({"who": column("who.i64", np.int64), "at": dates("at.i64"), "amount": column("amount.f64", np.float64)})
spine = pd.DataFrame({"who": column("asked.i64", np.int64), "when": dates("when.i64")})


def work_out():
    values = source.sort_values(["who", "at"], kind="stable").set_index("at")
    rolled = values.groupby("who")["amount"]
    made = values.assign(mean_7d=rolled.rolling("7D").mean().to_numpy(), sum_30d=rolled.rolling("30D").sum().to_numpy())
    return made.reset_index()


def join(values):
    return pd.merge_asof(spine.sort_values("when", kind="stable"), values.sort_values("at", kind="stable"), left_on="when", right_on="at", by="who")


def timed(what, work):
    walls = []
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        start = time.perf_counter()
        result = work()
        walls.append(time.perf_counter() - start)
    print(f"pandas {pd.__version__} {what} {len(source)} rows: {np.median(walls):.3f} s wall (best {min(walls):.3f})", flush=True)
    return result


values = timed("work out three features of", work_out)
joined = timed("join three features to", lambda: join(values))
print(f"the joined means sum to {joined['mean_7d'].sum():.6f}")
