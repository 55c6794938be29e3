"""Quantities: our extractor beside quantulum3's, the same English sentences, the same run.

Prints characters per second of both and their ratio, and how many of the stated lengths, speeds and
durations each finds with the right value and unit (F1). The sentences are our own; quantulum3 knows
English only. Where a JSON Lines file in the form of `luftlinie evaluate` is given, it is scored too.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from gazetteer.reading.quantities import quantities_in

ROUNDS: Final = 5
COPIES: Final = 40
"""How often the sentences are repeated to measure speed."""

UNITS: Final = {
    "kilometre": "km",
    "metre": "m",
    "mile": "mi",
    "nautical mile": "nmi",
    "foot": "ft",
    "mile per hour": "mph",
    "kilometre per hour": "km/h",
    "knot": "kn",
    "hour": "h",
    "minute": "min",
    "day": "day",
    "week": "week",
}
"""Our symbol by quantulum3's unit name."""

CASES: Final[tuple[tuple[str, frozenset[tuple[float, str]]], ...]] = (
    ("The town lies about 60 km north of the port.", frozenset({(60, "km")})),
    ("It is 1,180 kilometres by rail and 683 miles by road.", frozenset({(1180, "km"), (683, "mi")})),
    ("The train crawled along at just 37 miles per hour.", frozenset({(37, "mph")})),
    ("A 683-mile journey at 37 mph takes 18 hours.", frozenset({(683, "mi"), (37, "mph"), (18, "h")})),
    ("They walked half a mile to the border.", frozenset({(0.5, "mi")})),
    ("The ferry needs fourteen hours.", frozenset({(14, "h")})),
    ("The ship was 40 nautical miles off the coast.", frozenset({(40, "nmi")})),
    ("Winds of 120 km/h hit the airport.", frozenset({(120, "km/h")})),
    ("He met Kim in 2019 and again on Sept. 13, 2023.", frozenset()),
    ("Some 300 people died; 45 were hurt.", frozenset()),
    ("The house cost $2 million and has 12 rooms.", frozenset()),
    ("The village is six miles south of the city.", frozenset({(6, "mi")})),
    ("After a dozen hours they were still waiting.", frozenset({(12, "h")})),
    ("The bridge is 800 metres long.", frozenset({(800, "m")})),
    ("The plane flew at 30,000 feet.", frozenset({(30000, "ft")})),
    ("They stayed for three weeks.", frozenset({(3, "week")})),
)


def main() -> None:
    """Print speed and F1 of both."""
    text = "\n".join(sentence for sentence, _ in CASES) * COPIES
    cases = [*CASES, *(case for path in sys.argv[1:] for case in labelled(Path(path)))]
    peer = quantulum()
    report("luftlinie", ours, text, cases)
    if peer is None:
        print("quantulum3       not installed; run: pip install -e '.[bench]'")
    else:
        report("quantulum3", peer, text, cases)


def ours(text: str) -> set[tuple[float, str]]:
    """Return value and unit of every quantity we find."""
    return {(found.value, found.unit) for found in quantities_in(text, article="a", language="en")}


def quantulum() -> Callable[[str], set[tuple[float, str]]] | None:
    """Return the peer, None where it is not installed."""
    try:
        with warnings.catch_warnings():
            # It says so at import that its optional classifier is left out; rules alone are compared.
            warnings.simplefilter("ignore")
            parser: Any = importlib.import_module("quantulum3.parser")
    except ImportError:
        return None

    def read(text: str) -> set[tuple[float, str]]:
        found = ((float(one.value), UNITS.get(one.unit.name)) for one in parser.parse(text))
        return {(value, unit) for value, unit in found if unit is not None}

    return read


def labelled(path: Path) -> Iterable[tuple[str, frozenset[tuple[float, str]]]]:
    """Yield text and truth of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], frozenset((float(one["value"]), str(one["unit"])) for one in row["quantities"])


def report(
    name: str,
    read: Callable[[str], set[tuple[float, str]]],
    text: str,
    cases: Iterable[tuple[str, frozenset[tuple[float, str]]]],
) -> None:
    """Print one extractor's figures."""
    read(text[:1000])
    seconds = statistics.median(_timed(lambda: read(text)) for _ in range(ROUNDS))
    right = wrong = missed = 0
    for sentence, truth in cases:
        found = read(sentence)
        right, wrong, missed = (
            right + len(found & truth),
            wrong + len(found - truth),
            missed + len(truth - found),
        )
    f1 = 2 * right / (2 * right + wrong + missed)
    print(
        f"{name:16} {len(text) / seconds:12.0f} characters/s   F1 {f1:.3f} ({right} right, {wrong} wrong, "
        f"{missed} missed)"
    )


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
