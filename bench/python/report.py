"""Numbers as people read them: a markdown table, the machine they come from, and their place in a document."""

import datetime
import os
import pathlib
import platform
import re
import statistics
import subprocess

import harness

BEGIN, END = "<!-- bench/run begins -->", "<!-- bench/run ends -->"


def spread(values, digits):
    """Median, and in brackets least and greatest."""
    median, least, greatest = statistics.median(values), min(values), max(values)
    return f"{median:,.{digits}f} ({least:,.{digits}f} – {greatest:,.{digits}f})"


def markdown(head, rows):
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows))


def _says(*command):
    """The first version number in what a program says of itself."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = re.search(r"\d+(\.\d+)+", run.stdout)
    return found.group() if found else "unknown"


def _packages(python, names):
    listed = subprocess.run([python, "-m", "pip", "freeze"], stdout=subprocess.PIPE, text=True, check=True).stdout
    versions = dict(line.split("==") for line in listed.split() if "==" in line)
    return ", ".join(f"{name} {versions[name]}" for name in names)


def _commit():
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=harness.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True)
    return run.stdout.strip() or "unknown"


def machine(berth, peers):
    """Where it was measured and with what, a line each; `peers` are pairs of a Python and names of its packages."""
    models = re.findall(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text()) or [platform.machine()]
    # What follows the number is the distributor's.
    kernel = re.match(r"[\d.]*", platform.release())[0]
    tools = {tool: _says(tool, "-v") for tool in ("wrk", "nginx", "haproxy")}
    lines = [
        f"{datetime.date.today()}, Berth at {_commit()}",
        f"{len(os.sched_getaffinity(0))} cores of {models[0]}, {platform.system()} {kernel}",
        # The last line says which Java and where that is: its place is nobody's business.
        re.sub(r"\s+/\S+", "", " · ".join(berth.splitlines())),
        ", ".join(f"{tool} {version}" for tool, version in tools.items()),
        *(f"Python {_says(python, '--version')}: {_packages(python, names)}" for python, names in peers),
    ]
    return "\n".join(f"- {line}" for line in lines)


def require_place(document):
    """Fails before anything is measured for a document that has no place for it."""
    if document.exists() and not (BEGIN in document.read_text() and END in document.read_text()):
        raise SystemExit(f"{document} has no lines {BEGIN} and {END}")


def put(document, text):
    """Writes text between the two marks of a document, or a new one."""
    block = f"{BEGIN}\n\n{text}\n\n{END}"
    if not document.exists():
        document.write_text(block + "\n")
        return
    before, _, rest = document.read_text().partition(BEGIN)
    document.write_text(before + block + rest.partition(END)[2])
