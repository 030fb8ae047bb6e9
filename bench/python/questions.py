"""Requests in everybody's own protocol, and whether an answer to one is right."""

import dataclasses
import functools
import http.client
import json
import math
import subprocess
from typing import Callable

import harness

# Floats that went through decimals and somebody else's exp().
TOLERANCE = 1e-5


@dataclasses.dataclass(frozen=True)
class Question:
    path: str
    content_type: str
    body: bytes
    expected: tuple
    read: Callable

    def at(self, path):
        return dataclasses.replace(self, path=path)

    def require_right(self, who, body):
        try:
            values = self.read(body)
        except (ValueError, KeyError, TypeError, IndexError) as e:
            raise harness.Failure(f"{who}: not an answer: {body[:300]!r} ({e!r})") from e
        right = len(values) == len(self.expected) and all(
            math.isclose(value, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE / 100)
            for value, expected in zip(values, self.expected))
        if not right:
            raise harness.Failure(f"{who}: wrong answer: {values[:10]}, not {self.expected[:10]}")


def ask(port, question, timeout=30):
    """Status, headers and body of the answer to a question on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("POST", question.path, question.body, {"Content-Type": question.content_type})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def answer_when_there(port, question):
    """The body of an answer with status 200, or None while there is none."""
    try:
        status, _, body = ask(port, question, timeout=5)
    except (OSError, http.client.HTTPException):
        return None
    return body if status == 200 else None


@functools.cache
def sample(model, rows):
    """The first rows of a model, as answers.py gives them."""
    command = [harness.trained(), "-W", "ignore", harness.BENCH / "python/answers.py", harness.DATA, model, str(rows)]
    read = json.loads(subprocess.run(command, env=harness.ONE_THREAD, stdout=subprocess.PIPE, check=True).stdout)
    read["rows"] = [{int(index): value for index, value in row.items()} for row in read["rows"]]
    return read


def _dense(given):
    """Rows with a value, or None, for every feature."""
    return [[row.get(index) for index in range(given["features"])] for row in given["rows"]]


def _flat(value):
    return [leaf for part in value for leaf in _flat(part)] if isinstance(value, list) else [value]


def _question(path, content_type, body, given, read):
    text = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
    return Question(path, content_type, text.encode(), tuple(_flat(given["predictions"])), read)


def _scores(body):
    return _flat([prediction["score"] for prediction in json.loads(body)["predictions"]])


def as_json(model, rows=1):
    """What Berth calls JSON; the server with FastAPI speaks the same."""
    given = sample(model, rows)
    body = {"instances": [{"features": row} for row in _dense(given)]}
    return _question("/invocations", "application/json", body, given, _scores)


def as_csv(model, rows=1):
    given = sample(model, rows)
    lines = [",".join("" if value is None else str(value) for value in row) for row in _dense(given)]

    def read(body):
        return [float(field) for line in body.decode().split() for field in line.split(",")]

    return _question("/invocations", "text/csv", "\n".join(lines), given, read)


def as_libsvm(model, rows=1):
    """Answered in JSON, as everything is that is not CSV."""
    given = sample(model, rows)
    lines = [" ".join(f"{index}:{value}" for index, value in row.items()) for row in given["rows"]]
    return _question("/invocations", "text/libsvm", "\n".join(lines), given, _scores)


def as_v1(model, rows=1):
    """KServe's first protocol. It has no sparse rows: what is missing is null."""
    given = sample(model, rows)
    body = {"instances": _dense(given)}
    read = lambda answer: _flat(json.loads(answer)["predictions"])
    return _question("/v1/models/model:predict", "application/json", body, given, read)


def as_v2(model, rows=1):
    """The Open Inference Protocol, in JSON. Neither has it sparse rows."""
    given = sample(model, rows)
    tensor = {"name": "x", "datatype": "FP32", "shape": [rows, given["features"]], "data": _dense(given)}
    read = lambda answer: _flat(json.loads(answer)["outputs"][0]["data"])
    return _question("/v2/models/model/infer", "application/json", {"inputs": [tensor]}, given, read)
