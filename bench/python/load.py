"""Load from wrk and from h2load, and what they saw."""

import collections
import dataclasses
import json
import math
import re
import subprocess
import time

import harness

# More than any contestant makes a client wait, however slow: a timeout is a failure.
ANSWER_SECONDS = 30
THREADS = 2
# h2load 1.52 falls far behind from about 100 requests a second and connection on.
MOST_A_CONNECTION = 40
# The time between two connections, or groups of them, that are opened.
TICK_SECONDS = 0.02

# A JVM is warm once its compilers have had less than this share of a core for so long.
RESTING_SECONDS = 5
RESTING_SHARE = 0.02
LONGEST_WARM_UP_SECONDS = 60
PAUSE_SECONDS = 1

# One body is the request that wrk repeats by itself; of several, each in its turn.
_SCRIPT = """
local files = {%s}
local requests = {}
for i, file in ipairs(files) do
  local body = io.open(file[3], "rb"):read("*a")
  requests[i] = {file[1], {["Content-Type"] = file[2]}, body}
end
wrk.method, wrk.path, wrk.headers, wrk.body = "POST", unpack(requests[1])
if #requests > 1 then
  local formatted, next_one = {}, 0
  init = function()
    for i, request in ipairs(requests) do formatted[i] = wrk.format("POST", unpack(request)) end
  end
  request = function()
    next_one = next_one %% #formatted + 1
    return formatted[next_one]
  end
end
done = function(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests": %%d, "microseconds": %%d, "p50_microseconds": %%d, "p99_microseconds": %%d, ' ..
    '"errors": {"connect": %%d, "read": %%d, "write": %%d, "status": %%d, "timeout": %%d}}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
"""


@dataclasses.dataclass(frozen=True)
class Closed:
    """What a closed loop brought: connections that ask again as soon as they are answered."""

    per_second: float
    p50_milliseconds: float
    p99_milliseconds: float


def wrk(stage, who, port, asked, connections, seconds):
    """Repeats questions, in turn if there are several. An error, or a status that is not 2xx, is a Failure."""
    files = ", ".join(
        "{%s, %s, %s}" % tuple(map(json.dumps, (each.path, each.content_type, str(stage.file("body", each.body)))))
        for each in asked)
    command = ["wrk", f"-t{THREADS}", f"-c{connections}", f"-d{seconds}s", f"--timeout={ANSWER_SECONDS}s", "--latency"]
    command += ["-s", stage.file("lua", _SCRIPT % files), f"http://127.0.0.1:{port}/"]
    stage.require_alive()
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds + 2 * ANSWER_SECONDS)
    stage.require_alive()
    if run.returncode != 0 or not run.stdout.rstrip().endswith("}"):
        raise harness.Failure(f"wrk on {who}: {run.stdout}")
    seen = json.loads(run.stdout.splitlines()[-1])
    if any(seen["errors"].values()) or seen["requests"] == 0:
        raise harness.Failure(f"{who} failed under {connections} connections: {seen}")
    return Closed(
        seen["requests"] * 1e6 / seen["microseconds"], seen["p50_microseconds"] / 1e3, seen["p99_microseconds"] / 1e3)


def warm(stage, who, contestant, asked, connections):
    """The same load on something of Berth's until its JVMs' compilers, which take the load's cores, rest."""
    for seconds in range(RESTING_SECONDS, LONGEST_WARM_UP_SECONDS + 1, RESTING_SECONDS):
        before = contestant.compiling_seconds()
        wrk(stage, who, contestant.port, asked, connections, RESTING_SECONDS)
        # What wrk left unanswered at its end would come on top of whatever is asked next.
        time.sleep(PAUSE_SECONDS)
        if contestant.compiling_seconds() - before < RESTING_SHARE * RESTING_SECONDS:
            harness.say(f"{who} is warm after {seconds} s")
            return
    harness.say(f"{who} still compiles after {seconds} s, and is measured as it is")


def _h2load(stage, port, question, connections, *words):
    command = ["h2load", "--h1", "-t1", f"-c{connections}", "-d", stage.file("body", question.body)]
    command += ["-H", f"content-type: {question.content_type}", *words, f"http://127.0.0.1:{port}{question.path}"]
    return [str(word) for word in command]


@dataclasses.dataclass(frozen=True)
class Request:
    start: float
    status: int
    seconds: float


@dataclasses.dataclass(frozen=True)
class Log:
    """Every request of a run, its beginning and its end cut off."""

    requests: list
    start: float
    end: float

    def started_per_second(self):
        return sum(self.start <= each.start < self.end for each in self.requests) / (self.end - self.start)

    def answered_per_second(self, status=200):
        """How many were answered so, by when their answer had come."""
        ends = (each.start + each.seconds for each in self.requests if each.status == status)
        return sum(self.start <= end < self.end for end in ends) / (self.end - self.start)

    def statuses(self):
        return dict(sorted(collections.Counter(each.status for each in self.requests).items()))

    def percentile(self, share, status=200):
        """Seconds within which this share of the requests that were answered so had their answers."""
        took = sorted(each.seconds for each in self.requests if each.status == status)
        return took[min(len(took) - 1, math.ceil(share * len(took)) - 1)] if took else math.nan


def _read(log, skip_seconds, seconds):
    lines = (line.split("\t") for line in log.read_text().splitlines())
    requests = [Request(int(line[0]) / 1e6, int(line[1]), int(line[2]) / 1e6) for line in lines]
    log.unlink()
    if not requests:
        raise harness.Failure("h2load has logged no request")
    first = min(each.start for each in requests)
    return Log(requests, first + skip_seconds, first + seconds)


def closed(stage, port, question, connections, seconds):
    """The log of h2load's closed loop, the first fifth left out."""
    log = stage.path("tsv")
    command = _h2load(stage, port, question, connections, "-D", seconds, "--log-file", log)
    _run(command, seconds)
    return _read(log, seconds / 5, seconds)


def _paced(least_connections, per_second, seconds):
    """How many connections h2load needs for a rate, the words that say so, and the seconds until all of them are open.

    Connections keep step from when they were opened: they are opened one after another over the time between two requests
    of one, or all of them would ask at once.
    """
    connections = max(least_connections, math.ceil(per_second / MOST_A_CONNECTION))
    each = per_second / connections
    opened = max(1, round(per_second * TICK_SECONDS))
    return connections, [
        "-n", math.ceil(each * seconds) * connections, "--rps", f"{each:.4f}",
        "-r", opened, "--rate-period", f"{TICK_SECONDS * 1000:.0f}ms"], connections / opened * TICK_SECONDS


def open_loop(stage, port, question, connections, per_second, seconds):
    """The log of requests that come at a rate, whatever becomes of those before them.

    A connection of h2load's has one request in flight and sends what it missed as soon as it can: what was really
    offered stands in the log.
    """
    log = stage.path("tsv")
    connections, words, opening_seconds = _paced(connections, per_second, seconds)
    _run(_h2load(stage, port, question, connections, *words, "--log-file", log), seconds)
    return _read(log, 1.5 * opening_seconds, seconds)


def steady(stage, name, port, question, connections, per_second, seconds):
    """Starts a load for a long time, of which h2load keeps a summary only: for `summary`."""
    connections, words, _ = _paced(connections, per_second, seconds)
    return stage.start(name, _h2load(stage, port, question, connections, *words))


def _run(command, seconds):
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=3 * seconds + 2 * ANSWER_SECONDS)
    if run.returncode != 0:
        raise harness.Failure(f"h2load: {run.stdout[-2000:]}")


def summary(process):
    """What a load that has ended says: how many requests, and how many of them came to nothing."""
    text = process.log.read_text()
    rate = re.search(r"finished in .*, ([\d.]+) req/s", text)
    counts = re.search(r"requests: (\d+) total, \d+ started, \d+ done, (\d+) succeeded", text)
    if process.popen.returncode != 0 or rate is None or counts is None:
        raise process.failure("has no summary")
    total, succeeded = map(int, counts.groups())
    return {"per_second": float(rate.group(1)), "succeeded": succeeded, "failed": total - succeeded}
