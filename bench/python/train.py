"""Trains the three models of bench/engine and writes the rows that all contestants answer, from a fixed seed.

    train.py OUT

A model's folder holds model.ubj, model.bin (the old binary format, for the pure-Java predictor) and its rows as raw
little-endian arrays: starts (int64[rows + 1], sparse only), features (int32, sparse only) and values (float32).
The target is noise on top of a few interactions, so that trees grow as wide as their depth allows.
"""

import pathlib
import sys

import numpy
import scipy.sparse
import xgboost

SEED = 20260101
ROWS = 100_000


def dense(random, rows, features):
    return random.standard_normal((rows, features)).astype(numpy.float32)


def bag_of_words(random, rows, features, present):
    """About `present` words a row, each a weight from 0 to 1; frequent words have low numbers, as in Zipf's law."""
    frequency = 1 / (numpy.arange(features) + 30)
    words = random.choice(features, size=(rows, present), p=frequency / frequency.sum())
    starts = numpy.repeat(numpy.arange(rows), present)
    weights = random.random(rows * present, dtype=numpy.float32) + numpy.float32(0.01)
    # A word drawn twice counts once: the sum of its weights.
    matrix = scipy.sparse.csr_matrix((weights, (starts, words.ravel())), shape=(rows, features), dtype=numpy.float32)
    matrix.sum_duplicates()
    matrix.sort_indices()
    return matrix


def regression_target(random, rows):
    return (rows[:, 0] * rows[:, 1] + numpy.sin(3 * rows[:, 2]) + random.standard_normal(len(rows))).astype(numpy.float32)


def small(random):
    train, rows = dense(random, 50_000, 13), dense(random, ROWS, 13)
    parameters = {"max_depth": 6, "eta": 0.1}
    return train, regression_target(random, train), rows, parameters, 100


def sparse(random):
    # 85 draws are 80 different words.
    train, rows = bag_of_words(random, 30_000, 5_000, 85), bag_of_words(random, ROWS, 5_000, 85)
    signal = train @ random.standard_normal(5_000).astype(numpy.float32)
    target = (signal + random.standard_normal(30_000) > 0).astype(numpy.float32)
    parameters = {"max_depth": 5, "eta": 0.1, "objective": "binary:logistic", "colsample_bytree": 0.3}
    return train, target, rows, parameters, 500


def classes(random):
    train, rows = dense(random, 40_000, 50), dense(random, ROWS, 50)
    scores = train @ random.standard_normal((50, 10)) + 4 * random.standard_normal((40_000, 10))
    parameters = {"max_depth": 8, "eta": 0.1, "objective": "multi:softprob", "num_class": 10}
    return train, scores.argmax(axis=1), rows, parameters, 100


def write(folder, model, rows):
    folder.mkdir(parents=True, exist_ok=True)
    if scipy.sparse.issparse(rows):
        rows.indptr.astype("<i8").tofile(folder / "starts")
        rows.indices.astype("<i4").tofile(folder / "features")
        rows.data.astype("<f4").tofile(folder / "values")
    else:
        rows.astype("<f4").tofile(folder / "values")
    model.save_model(folder / "model.deprecated")
    (folder / "model.deprecated").rename(folder / "model.bin")
    # Last: a folder with this file is complete.
    model.save_model(folder / "model.ubj")


def main():
    out = pathlib.Path(sys.argv[1])
    for name, make in {"small": small, "sparse": sparse, "classes": classes}.items():
        if (out / name / "model.ubj").exists():
            continue
        train, target, rows, parameters, rounds = make(numpy.random.default_rng(SEED))
        parameters |= {"tree_method": "hist", "min_child_weight": 1, "seed": SEED}
        model = xgboost.train(parameters, xgboost.DMatrix(train, target), num_boost_round=rounds)
        write(out / name, model, rows)
        trees = model.get_dump()
        print(f"{name}: {len(trees)} trees, {sum(tree.count('leaf=') for tree in trees) / len(trees):.0f} leaves each")


if __name__ == "__main__":
    main()
