"""Makes events.csv, spine.csv and joined.csv: what pandas says was known of each customer at each row's time (rolling windows, then merge_asof)."""

import numpy as np
import pandas as pd

random = np.random.default_rng(5)
rows, asked = 400, 250
start = pd.Timestamp("2024-01-01")
events = pd.DataFrame(
    {
        "customer": random.integers(0, 12, rows),
        "shop": random.choice(["north", "south"], rows),
        "at": start + pd.to_timedelta(random.integers(0, 60 * 24, rows), unit="h"),
        "amount": np.where(random.random(rows) < 0.1, np.nan, random.normal(50, 20, rows).round(3)),
    }
)
spine = pd.DataFrame(
    {
        "row": np.arange(asked),
        "client": random.integers(0, 14, asked),
        "asked_at": start + pd.to_timedelta(random.integers(-48, 62 * 24, asked), unit="h"),
    }
)
# Every tenth row is asked at the very moment of an event.
ties = np.arange(0, asked, 10)
spine.loc[ties, ["client", "asked_at"]] = events.loc[ties, ["customer", "at"]].to_numpy()
spine["client"] = spine["client"].astype(int)
spine["asked_at"] = pd.to_datetime(spine["asked_at"])

values = events.sort_values("at", kind="stable").reset_index(drop=True)
for name, window, how in [("mean_7d", "7D", "mean"), ("sum_1d", "1D", "sum"), ("max_30d", "30D", "max"), ("std_30d", "30D", "std"), ("count_7d", "7D", "count")]:
    rolled = values.set_index("at").groupby("customer")["amount"].rolling(window, min_periods=1 if how != "std" else 2)
    made = getattr(rolled, how)()
    for customer, own in values.groupby("customer"):
        values.loc[own.index, name] = made.loc[customer].to_numpy()

joined = pd.merge_asof(
    spine.sort_values("asked_at", kind="stable"),
    values.rename(columns={"customer": "client"}),
    left_on="asked_at",
    right_on="at",
    by="client",
    tolerance=pd.Timedelta("10D"),
).sort_values("row")
events.to_csv("events.csv", index=False)
spine.to_csv("spine.csv", index=False)
joined[["row", "amount", "shop", "mean_7d", "sum_1d", "max_30d", "std_30d", "count_7d"]].to_csv("joined.csv", index=False)
