"""Everybody that is measured, started on a Stage and ready once it is returned."""

import dataclasses
import json
import pathlib
import time

import harness
import questions

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE / "peers"
START_SECONDS = 120
UVICORN_IS_UP = b"Application startup complete"
# The same bytes for every request: what a server costs that has nothing to compute.
STATIC_ANSWER = '{"predictions":[{"score":0.123456}]}'
ROUTED = "/endpoints/a/invocations"
ROUTE = {"endpoint": "a", "namespace": "bench", "generation": 1}
FLEET = {"variant": "stable", "revision": "r1", "service": "a", "weight": 1}


@dataclasses.dataclass
class Contestant:
    """Something that answers on a port, and the processes that this takes."""

    port: int
    processes: list
    start_seconds: float

    def resident_mebibytes(self):
        return sum(process.resident_mebibytes() for process in self.processes)

    def compiling_seconds(self):
        return sum(process.compiling_seconds() for process in self.processes)


def _start(stage, name, command, port, question, before=None, workers=0, **options):
    """Starts a process and asks it until it answers rightly; `before` is what it stands in front of.

    Of several workers one answers first: the others are waited for too, or a proxy would give its connections to that one.
    """
    begin = time.monotonic()
    process = stage.start(name, [str(word) for word in command], **options)

    def answer():
        process.require_alive()
        if process.log.read_bytes().count(UVICORN_IS_UP) < workers:
            return None
        return questions.answer_when_there(port, question)

    body = harness.until(answer, START_SECONDS)
    seconds = time.monotonic() - begin
    if body is None:
        raise process.failure(f"has not answered in {START_SECONDS} s")
    question.require_right(name, body)
    return Contestant(port, [process, *(before.processes if before else [])], seconds)


def model_file(model):
    """A trained model by its name."""
    return harness.DATA / model / "model.ubj"


def _berth(stage, name, command, question, **more):
    port, admin = harness.free_port(), harness.free_port()
    command = [harness.BERTH, *command, "--host", "127.0.0.1", "--port", port, "--admin-port", admin]
    return _start(stage, name, [*command, "--lame-duck-seconds", "0"], port, question, **more)


def berth_server(stage, file, question, grpc_port=-1, env=None):
    command = ["serve", "--model", file, "--grpc-port", grpc_port]
    return _berth(stage, "berth serve", command, question, env=env)


def berth_router(stage, backend, question):
    fleets = [FLEET | {"backends": [f"127.0.0.1:{backend.port}"]}]
    table = stage.file("json", json.dumps({"routes": [ROUTE | {"fleets": fleets}]}))
    command = ["route", "--table", table, "--grpc-port", -1]
    return _berth(stage, "berth route", command, question, before=backend)


def _nginx(stage, name, http, question, before=None):
    port, folder = harness.free_port(), stage.path("nginx")
    folder.mkdir()
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = stage.file("conf", f"""
daemon off;
worker_processes auto;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
{temporary}
  access_log off;
  default_type application/json;
  client_body_buffer_size 1m;
  keepalive_requests 1000000000;
{http % port}
}}
""")
    command = ["nginx", "-e", folder / "error.log", "-c", configuration]
    return _start(stage, name, command, port, question, before)


def nginx_static(stage, question):
    http = "server { listen 127.0.0.1:%d; location / { return 200 '" + STATIC_ANSWER + "'; } }"
    return _nginx(stage, "nginx", http, question)


def nginx_proxy(stage, backend, question):
    http = f"""
  upstream backend {{ server 127.0.0.1:{backend.port}; keepalive 128; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:%d;
    location / {{ proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}"""
    return _nginx(stage, "nginx as a proxy", http, question, backend)


def haproxy(stage, backend, question):
    port = harness.free_port()
    # More connections than this and it wants more file descriptors than it may have.
    configuration = stage.file("cfg", f"""
global
  nbthread 2
  maxconn 8000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen bench
  bind 127.0.0.1:{port}
  http-reuse always
  server backend 127.0.0.1:{backend.port}
""")
    return _start(stage, "haproxy", ["haproxy", "-db", "-f", configuration], port, question, backend)


def peer_python(peer):
    """The Python of fastapi, mlserver or kserve."""
    return harness.venv(f"venv-{peer}", PEERS / f"{peer}.txt", "--no-deps")


def fastapi(stage, file, question):
    port, python = harness.free_port(), peer_python("fastapi")
    command = [python, "-m", "uvicorn", "fastapi_server:app", "--host", "127.0.0.1", "--port", port, "--workers", 2]
    environment = harness.ONE_THREAD | {"MODEL": str(file)}
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log"]
    return _start(stage, "fastapi", command, port, question, workers=2, env=environment, cwd=PEERS)


def mlserver(stage, file, workers, question):
    port, folder = harness.free_port(), stage.path("mlserver")
    folder.mkdir()
    settings = {
        "debug": False, "parallel_workers": workers, "host": "127.0.0.1", "http_port": port,
        "grpc_port": harness.free_port(), "metrics_port": harness.free_port(),
        "environments_dir": str(folder / "environments"), "metrics_dir": str(folder / "metrics"),
        # At its own level it writes a line a request.
        "logging_settings": {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"},
                             "loggers": {"mlserver": {"level": "WARNING"}}},
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    (folder / "model-settings.json").write_text(json.dumps({
        "name": "model", "implementation": "mlserver_xgboost.XGBoostModel",
        "parameters": {"uri": str(file), "version": "1"}}))
    command = [peer_python("mlserver").parent / "mlserver", "start", folder]
    return _start(stage, f"mlserver, {workers} workers", command, port, question, env=harness.ONE_THREAD, cwd=folder)


def kserve(stage, file, workers, question):
    port = harness.free_port()
    logging = stage.file("json", json.dumps({
        "version": 1, "disable_existing_loggers": False, "handlers": {"log": {"class": "logging.StreamHandler"}},
        "root": {"level": "WARNING", "handlers": ["log"]},
        "loggers": {"uvicorn.error": {"level": "INFO"}, "uvicorn.access": {"level": "WARNING"}}}))
    command = [peer_python("kserve"), PEERS / "kserve_server.py", file, "--http_port", port]
    command += ["--workers", workers, "--enable_grpc", "false", "--enable_latency_logging", "false"]
    return _start(
        stage, f"kserve, {workers} workers", [*command, "--log_config_file", logging], port, question,
        workers=workers, env=harness.ONE_THREAD, cwd=stage.folder)


def static_question(question):
    """What nginx answers to a question, which is the same to all."""
    return dataclasses.replace(
        question, expected=(0.123456,), read=lambda body: [json.loads(body)["predictions"][0]["score"]])
