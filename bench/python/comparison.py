"""What is measured, and how we compare with others in it."""

import dataclasses
import statistics

import report


@dataclasses.dataclass(frozen=True)
class Bound:
    """What a ratio must be: at least, or at most, this."""

    at_least: bool
    factor: float

    def holds(self, ratio):
        return ratio >= self.factor if self.at_least else ratio <= self.factor

    def __str__(self):
        return f"{'≥' if self.at_least else '≤'} {self.factor:g}"


@dataclasses.dataclass(frozen=True)
class Trial:
    """One thing to measure, round after round. Starts have no connections."""

    scene: str
    contestant: str
    connections: int = 0


@dataclasses.dataclass(frozen=True)
class Measure:
    """A key of a trial's samples, and how it is written and compared."""

    key: str
    unit: str
    digits: int
    more_is_better: bool

    def median(self, samples):
        return statistics.median(sample[self.key] for sample in samples)

    def best(self, trials, results):
        return (max if self.more_is_better else min)(trials, key=lambda trial: self.median(results[trial]))


RATE = Measure("requests_per_second", "requests/s", 0, True)
P99 = Measure("p99_milliseconds", "p99, ms", 2, False)
SOONER = Measure("start_seconds", "s", 2, False)
MEMORY = Measure("resident_mebibytes", "MiB", 0, False)


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table: we against the best of some."""

    what: str
    measure: Measure
    ours: Trial
    theirs: list
    bound: Bound
    # Ours through theirs, but for what is so many times sooner.
    inverse: bool = False

    @property
    def name(self):
        return f"{self.what}, {self.measure.unit}"

    def compare(self, results):
        rival = self.measure.best(self.theirs, results)
        ours, theirs = self.measure.median(results[self.ours]), self.measure.median(results[rival])
        return rival, theirs / ours if self.inverse else ours / theirs

    def cells(self, results):
        rival, ratio = self.compare(results)
        values = [report.spread([sample[self.measure.key] for sample in results[trial]], self.measure.digits)
                  for trial in (self.ours, rival)]
        reached = "reached" if self.bound.holds(ratio) else "**missed**"
        return [self.name, values[0], f"{rival.contestant}: {values[1]}", f"{ratio:.2f}", self.bound, reached]


def table(rows, results):
    """Rows as markdown, but for those that were not measured to the end."""
    head = ["what", "Berth", "against", "ratio", "must be", ""]
    measured = [row for row in rows if all(results[trial] for trial in (row.ours, *row.theirs))]
    return report.markdown(head, [row.cells(results) for row in measured])
