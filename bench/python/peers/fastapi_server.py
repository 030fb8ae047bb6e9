"""XGBoost behind FastAPI, as a team writes it that cares: raw bodies, orjson, inplace_predict on one thread.

Reads {"instances": [{"features": [...]}]} and libsvm; MODEL says which file to serve.
"""

import os

import fastapi
import numpy
import orjson
import scipy.sparse
import xgboost

booster = xgboost.Booster({"nthread": 1}, model_file=os.environ["MODEL"])
features = booster.num_features()
app = fastapi.FastAPI(openapi_url=None)


def json_rows(body):
    instances = orjson.loads(body)["instances"]
    return numpy.array([instance["features"] for instance in instances], dtype=numpy.float32)


def libsvm_rows(body):
    starts, indices, values = [0], [], []
    for line in body.splitlines():
        cells = numpy.array(line.replace(b":", b" ").split(), dtype=numpy.float32)
        indices.append(cells[0::2].astype(numpy.int32))
        values.append(cells[1::2])
        starts.append(starts[-1] + len(values[-1]))
    cells = numpy.concatenate(values), numpy.concatenate(indices), starts
    return scipy.sparse.csr_matrix(cells, shape=(len(values), features))


@app.post("/invocations")
async def invocations(request: fastapi.Request):
    body = await request.body()
    rows = libsvm_rows(body) if request.headers["content-type"] == "text/libsvm" else json_rows(body)
    # Fifty microseconds: handing them to a thread would cost more than they do.
    scores = booster.inplace_predict(rows, validate_features=False).tolist()
    answer = orjson.dumps({"predictions": [{"score": score} for score in scores]})
    return fastapi.Response(answer, media_type="application/json")
