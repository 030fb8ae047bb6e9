"""What Python's inplace_predict takes for the rows of bench/engine, one thread: a line of JSON for each measurement.

    peer.py DATA MODEL [--seconds S]
"""

import argparse
import json
import pathlib
import time

import numpy
import scipy.sparse
import xgboost

ROWS = 100_000


def read_rows(folder, features):
    values = numpy.fromfile(folder / "values", "<f4")
    if not (folder / "starts").exists():
        return values.reshape(ROWS, features)
    starts = numpy.fromfile(folder / "starts", "<i8")
    return scipy.sparse.csr_matrix((values, numpy.fromfile(folder / "features", "<i4"), starts), shape=(ROWS, features))


def measure(predict, rows_a_call, calls, seconds):
    """Microseconds a row: the mean of what fits into the time, after a tenth of it as a warm-up."""
    for budget in (seconds / 10, seconds):
        done, start = 0, time.perf_counter()
        while done == 0 or time.perf_counter() - start < budget:
            predict(done % calls)
            done += 1
        took = time.perf_counter() - start
    return took * 1e6 / (done * rows_a_call)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("--seconds", type=float, default=1.5)
    arguments = parser.parse_args()
    folder = arguments.data / arguments.model
    booster = xgboost.Booster(model_file=folder / "model.ubj")
    booster.set_param({"nthread": 1})
    rows = read_rows(folder, booster.num_features())
    singles = [rows[i : i + 1] for i in range(1000)]
    block = rows[:1000]

    def predict(some):
        booster.inplace_predict(some, predict_type="margin")

    results = {
        "oneRow": measure(lambda i: predict(singles[i]), 1, len(singles), arguments.seconds),
        "block": measure(lambda i: predict(block), 1000, 1, arguments.seconds),
        "largeBlock": measure(lambda i: predict(rows), ROWS, 1, arguments.seconds),
    }
    print(json.dumps(results))


if __name__ == "__main__":
    main()
