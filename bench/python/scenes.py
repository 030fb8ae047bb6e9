"""Who takes part in what bench/run measures, and what each is asked."""

import dataclasses
from typing import Callable

import contestants
import questions
from contestants import ROUTED, model_file, static_question

MLSERVER = ["MLServer, 0 workers", "MLServer, 1 worker"]
KSERVE = ["KServe, 1 worker", "KServe, 2 workers"]
FASTAPI = "FastAPI, 2 workers"
PYTHON = [FASTAPI, *MLSERVER, *KSERVE]


@dataclasses.dataclass(frozen=True)
class Part:
    """How a contestant takes part: the question that it gets, and what starts it given a stage and that question."""

    question: Callable
    start: Callable


def served(model, form, rows=1):
    """Everybody who serves models, each in the form that suits it."""
    file = model_file(model)

    def v1():
        return questions.as_v1(model, rows)

    def v2():
        return questions.as_v2(model, rows)

    def ours():
        return form(model, rows)

    return {
        "Berth": Part(ours, lambda stage, asked: contestants.berth_server(stage, file, asked)),
        "nginx static": Part(lambda: static_question(ours()), contestants.nginx_static),
        FASTAPI: Part(ours, lambda stage, asked: contestants.fastapi(stage, file, asked)),
        MLSERVER[0]: Part(v2, lambda stage, asked: contestants.mlserver(stage, file, 0, asked)),
        MLSERVER[1]: Part(v2, lambda stage, asked: contestants.mlserver(stage, file, 1, asked)),
        KSERVE[0]: Part(v1, lambda stage, asked: contestants.kserve(stage, file, 1, asked)),
        KSERVE[1]: Part(v1, lambda stage, asked: contestants.kserve(stage, file, 2, asked)),
    }


def proxies():
    """Three proxies before one nginx with fixed bytes each, so that nobody's connections are in another's way."""

    def question():
        return static_question(questions.as_json("small").at(ROUTED))

    def before_static(proxy):
        return Part(question, lambda stage, asked: proxy(stage, contestants.nginx_static(stage, asked), asked))

    return {
        "Berth's router": before_static(contestants.berth_router),
        "nginx as a proxy": before_static(contestants.nginx_proxy),
        "haproxy": before_static(contestants.haproxy),
    }


def chains():
    """A proxy and a model server."""

    def berth(stage, asked):
        server = contestants.berth_server(stage, model_file("small"), questions.as_json("small"))
        return contestants.berth_router(stage, server, asked)

    def python(stage, asked):
        return contestants.nginx_proxy(stage, contestants.fastapi(stage, model_file("small"), asked), asked)

    return {
        "Berth's router and server": Part(lambda: questions.as_json("small").at(ROUTED), berth),
        "nginx and FastAPI, 2 workers": Part(lambda: questions.as_json("small"), python),
    }


# What is asked in each, and by whom; a scene's contestants are up at the same time.
SCENES = {
    "JSON": served("small", questions.as_json),
    "CSV": served("small", questions.as_csv),
    "100 rows": served("small", questions.as_json, 100),
    "sparse": served("sparse", questions.as_libsvm),
    "classes": served("classes", questions.as_json),
    "proxies": proxies(),
    "chains": chains(),
}
