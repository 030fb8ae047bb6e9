"""What the benches share: JDK 25, virtual environments, trained models, free ports, processes that end with the bench."""

import contextlib
import functools
import itertools
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
TARGET = BENCH / "target"
DATA = TARGET / "engine-data"
BERTH = ROOT / "berth"
# What predicts is one thread everywhere, unless it is measured otherwise.
ONE_THREAD = dict(os.environ, OMP_NUM_THREADS="1")
DEBIAN_PACKAGES = {"wrk": "wrk", "nginx": "nginx", "haproxy": "haproxy", "h2load": "nghttp2-client"}
LEAVE_SECONDS = 20


class Failure(Exception):
    """The measurement is void: somebody answered wrongly, or not at all, or died."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def is_jdk_25(home):
    release = pathlib.Path(home) / "release"
    return (pathlib.Path(home) / "bin/java").exists() and release.exists() and 'JAVA_VERSION="25' in release.read_text()


def java():
    """A JDK 25 where the build looks for one; else whatever the path says."""
    homes = [os.environ.get("JAVA_HOME"), os.environ.get("JAVA25_HOME"), *pathlib.Path("/usr/lib/jvm").glob("*")]
    return next((pathlib.Path(home) / "bin/java" for home in homes if home and is_jdk_25(home)), "java")


def venv(name, requirements, *pip_options):
    """The Python of a virtual environment that holds what a requirements file says."""
    folder = TARGET / name
    python, installed = folder / "bin/python", folder / "installed.txt"
    wanted = requirements.read_text()
    if not (installed.exists() and installed.read_text() == wanted):
        say(f"installing {requirements.relative_to(ROOT)}")
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *pip_options, "-r", requirements], check=True)
        installed.write_text(wanted)
    return python


@functools.cache
def trained():
    """The Python that has XGBoost, once it has trained the models (the first time takes some minutes)."""
    python = venv("venv", BENCH / "python/requirements.txt")
    subprocess.run([python, "-W", "ignore", BENCH / "python/train.py", DATA], check=True, stdout=sys.stderr)
    return python


def build():
    """Builds Berth where it is older than its sources; gives its version and that of its Java."""
    return subprocess.run([BERTH, "version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def need(*tools):
    """Sees to tools of Debian's being there."""
    missing = [DEBIAN_PACKAGES[tool] for tool in tools if shutil.which(tool) is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(f"please install {' '.join(missing)} (the names of Debian's packages)")
    say(f"installing {' '.join(missing)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", *words], env=environment, check=True, stdout=sys.stderr)


# Below what the kernel gives to clients: thousands of connections of a load generator take no server's port.
_candidates = itertools.count(random.randrange(15_000, 25_000))


def free_port():
    for port in _candidates:
        with socket.socket() as probe:
            # As servers do: a port whose last connections linger is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Process:
    """A process in a session of its own, so that Ctrl-C reaches it by way of us only, and its log."""

    def __init__(self, name, command, log, env=None, cwd=None):
        self.name = name
        self.log = log
        with open(log, "wb") as out:
            self.popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env, cwd=cwd, start_new_session=True)

    def failure(self, what):
        return Failure(f"{self.name} {what}; the end of its log:\n{self.log.read_text(errors='replace')[-3000:]}")

    def require_alive(self):
        if self.popen.poll() is not None:
            raise self.failure(f"ended with {self.popen.returncode}")

    def resident_mebibytes(self):
        """VmRSS of the process and of all that it started."""
        return sum(map(_resident_mebibytes, _members(self.popen.pid)))

    def compiling_seconds(self):
        """Processor time that JIT compilers have had in the process and in all that it started."""
        return sum(map(_compiling_seconds, _members(self.popen.pid)))

    def stop(self):
        self.popen.terminate()
        try:
            self.popen.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        # Workers that outlived it.
        for pid in _members(self.popen.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def _members(session):
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                yield int(entry.name)
        except ProcessLookupError:
            continue


def _compiling_seconds(pid):
    ticks = 0
    for thread in pathlib.Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            name, rest = thread.read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if "Compiler" in name:
            ticks += sum(map(int, rest.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident_mebibytes(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    resident = re.search(r"VmRSS:\s+(\d+)", status)
    return int(resident.group(1)) / 1024 if resident else 0


class Stage:
    """A temporary folder and the processes that were started in it: gone when the block ends, however it ends."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="berth-bench-")
        self.folder = pathlib.Path(self._folder.name)
        # nginx's workers are nobody.
        self.folder.chmod(0o755)
        self._processes = []
        self._names = itertools.count(1)
        return self

    def __exit__(self, *_):
        # A second Ctrl-C must not leave a process behind.
        previous = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for process in reversed(self._processes):
                process.stop()
            self._folder.cleanup()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def start(self, name, command, **options):
        process = Process(name, command, self.path("log"), **options)
        self._processes.append(process)
        return process

    def path(self, suffix):
        """Where a new file may be."""
        return self.folder / f"{next(self._names)}.{suffix}"

    def file(self, suffix, content):
        path = self.path(suffix)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def require_alive(self):
        for process in self._processes:
            process.require_alive()


def end_on_signals():
    """A SIGTERM unwinds as Ctrl-C does, past what ends the processes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def allow_connections():
    """As many open files as we may have at all, for everybody that is started from here on."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def halves():
    """The cores that we may run on, as two sets of the same size; what is left over is nobody's."""
    cores = sorted(os.sched_getaffinity(0))
    half = len(cores) // 2
    if half == 0:
        raise SystemExit("two cores at least are needed")
    return set(cores[:half]), set(cores[half:2 * half])


@contextlib.contextmanager
def on_cores(cores):
    """Whatever is started in this block runs there, and there alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def until(found, limit_seconds, pause_seconds=0.002):
    """What `found` gives as soon as that is not None; None when it took too long."""
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end:
        result = found()
        if result is not None:
            return result
        time.sleep(pause_seconds)
    return None
