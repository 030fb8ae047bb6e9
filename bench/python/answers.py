"""The first rows of a model as numbers that people write, and what XGBoost predicts for them: one JSON object.

    answers.py DATA MODEL ROWS

"rows" is a list of {index: value} for every row, "predictions" a list of values for every row.
"""

import json
import pathlib
import sys

import numpy
import xgboost

from peer import read_rows


def shortest(value):
    """The shortest decimal that reads back to the same float32."""
    return float(str(numpy.float32(value)))


def cells(row):
    """A row's pairs of index and value: all of a dense one, what is there of a sparse one."""
    if isinstance(row, numpy.ndarray):
        return enumerate(row)
    return zip(row.indices.tolist(), row.data)


def main():
    folder, count = pathlib.Path(sys.argv[1]) / sys.argv[2], int(sys.argv[3])
    booster = xgboost.Booster(model_file=folder / "model.ubj")
    rows = read_rows(folder, booster.num_features())
    predictions = booster.predict(xgboost.DMatrix(rows[:count])).reshape(count, -1)
    print(json.dumps({
        "features": booster.num_features(),
        "rows": [{index: shortest(value) for index, value in cells(rows[i])} for i in range(count)],
        "predictions": predictions.tolist(),
    }))


if __name__ == "__main__":
    main()
