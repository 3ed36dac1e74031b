"""Writes the database of a data folder that an earlier Strata made as SQL text: python3 make.py FOLDER > schemaN.sql

Each text is the database after `strata serve` on an empty folder, an upload, a training and where the version knew them a comparison, a deployment, a reported run, a registered model and an administrator;
series of metrics are cut to their first forty points.
"""
import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}/strata.db?mode=ro", uri=True)
copy = sqlite3.connect(":memory:")
database.backup(copy)
copy.execute("delete from metric_points where step >= 40")
copy.commit()
for line in copy.iterdump():
    print(line.replace(f"{sys.argv[1]}/", "/data/"))
