"""Real tables for the comparisons, read from CSV files of which the target's column is known."""
import numpy as np
import pandas

TARGETS = {"credit-g": "class", "phoneme": "Class", "kr-vs-kp": "class", "adult": "class", "sick": "Class", "titanic": "Survived", "vehicle": "Class", "cmc": "Contraceptive_method_used",
           "car": "class", "segment": "class", "eucalyptus": "Utility", "abalone": "Class_number_of_rings", "boston": "MEDV", "quake": "richter", "california_housing": "median_house_value"}
NUMBERS = {"abalone", "boston", "quake", "california_housing"}


def read(directory, name):
    """Numbers and category codes [rows, columns], levels by column, the target and its number of classes (0 for a number)."""
    path = next(directory / f"{name}{ending}" for ending in [".csv", ".csv.gz"] if (directory / f"{name}{ending}").exists())
    frame = pandas.read_csv(path, na_values=["?"], skipinitialspace=True)
    y = frame.pop(TARGETS[name])
    columns, levels = [], []
    for column in frame:
        values = frame[column]
        if values.dtype == object:
            codes, kinds = pandas.factorize(values, sort=True)
            if len(kinds) > 250:
                continue  # names and ticket numbers: nothing that every contestant could take as it is
            columns.append(np.where(codes < 0, np.nan, codes))
            levels.append(len(kinds))
        else:
            columns.append(values.to_numpy(float))
            levels.append(0)
    if name in NUMBERS:
        return np.stack(columns, axis=1), levels, y.to_numpy(float), 0
    codes, kinds = pandas.factorize(y, sort=True)
    return np.stack(columns, axis=1), levels, codes, len(kinds)
