"""Scoring: what was read against what people marked, as pure functions over JSONL documents.

A document is a mapping with `id` and lists `mentions`, `quantities` or `claims`, whose members have
`start` and `end` (code points) and more, as it applies: `kind` (`literal`, `derived`, `part`,
`metonymic`), `lat`, `lon`, `value`, `unit`, `direction`, `anchor`. Fair play: a prediction that matches
nothing is no error where it touches a span the corpus marks as `ignore`, or where it is of a kind that
the corpus does not annotate at all; `optional` gold that is missed is no error either.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from gazetteer.geodesy import great_circle_km
from gazetteer.positions import LatLon

Document = Mapping[str, Any]
Item = Mapping[str, Any]

FARTHEST_KM: Final = 20_039.0
"""Half the circumference of the Earth: the error of a place that was not found (Gritta et al. 2018)."""

_METRES: Final = {"m": 1.0, "km": 1e3, "cm": 0.01, "mm": 1e-3, "dm": 0.1, "mi": 1609.344, "nmi": 1852.0}
_METRES_MORE: Final = {"ft": 0.3048, "yd": 0.9144, "in": 0.0254, "nm": 1e-9, "um": 1e-6, "pm": 1e-12}
_METRES_PER_SECOND: Final = {"m/s": 1.0, "km/h": 1 / 3.6, "mph": 0.44704, "kn": 1852 / 3600, "km/s": 1e3}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, from counts."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found and nothing was there."""
        found = self.right + self.wrong
        return self.right / found if found else float(self.missed == 0)

    @property
    def recall(self) -> float:
        """Share of what was there that was found."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2.0 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Placing:
    """How far the places chosen lie from those meant; kilometres."""

    with_coordinates: int
    within_161_km: float
    """Share of all gold mentions that have coordinates; those not found or not placed count as wrong."""
    within_10_km: float
    median_km: float
    """Of those placed."""
    auc: float
    """Area under the curve of the logarithm of the error, over all gold; 0 is perfect, 1 the antipodes."""


@dataclass(frozen=True, slots=True)
class Band:
    """Resolutions of about one confidence: how many, and how many within 161 km of the truth."""

    low: float
    high: float
    count: int
    right: int


def pairs(gold: Sequence[Item], predicted: Sequence[Item], *, exact: bool) -> list[tuple[int, int]]:
    """Return index pairs of gold and prediction, one to one.

    Args:
        gold: What people marked.
        predicted: What was read.
        exact: Same start and end; otherwise any overlap, closest fit first.
    """
    if exact:
        where = {(p["start"], p["end"]): j for j, p in enumerate(predicted)}
        return [
            (i, where[g["start"], g["end"]]) for i, g in enumerate(gold) if (g["start"], g["end"]) in where
        ]
    fits: list[tuple[float, int, int]] = []
    order = sorted(range(len(predicted)), key=lambda j: int(predicted[j]["start"]))
    for i, g in enumerate(gold):
        for j in order:
            p = predicted[j]
            if p["start"] >= g["end"]:
                break
            shared = min(g["end"], p["end"]) - max(g["start"], p["start"])
            if shared > 0:
                fits.append((-shared / (max(g["end"], p["end"]) - min(g["start"], p["start"])), i, j))
    taken_gold: set[int] = set()
    taken: set[int] = set()
    chosen = []
    for _fit, i, j in sorted(fits):
        if i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            chosen.append((i, j))
    return chosen


def detection(
    gold: Mapping[str, Document],
    predicted: Mapping[str, Document],
    *,
    key: str = "mentions",
    exact: bool = True,
    kind: str | None = None,
) -> Score:
    """Score where things were found, over all documents.

    Args:
        gold: Documents by id.
        predicted: Documents by id; one that is missing found nothing.
        key: `mentions`, `quantities` or `claims`.
        exact: Same span, or any overlap.
        kind: Count gold of this kind only; predictions on gold of other kinds are neither right nor wrong.
    """
    annotated = {m.get("kind") for document in gold.values() for m in document.get(key, ())}
    total = Score(0, 0, 0)
    for id_, document in gold.items():
        marked = _unique(document.get(key, ()))
        aside = [m for m in marked if kind is not None and m.get("kind") != kind]
        marked = [m for m in marked if kind is None or m.get("kind") == kind]
        read = _unique(predicted.get(id_, {}).get(key, ()))
        matched = pairs(marked, read, exact=exact)
        hit = {i for i, _ in matched}
        used = {j for _, j in matched}
        forgiven = [*document.get("ignore", ()), *aside]
        wrong = sum(
            j not in used
            and not (
                p.get("kind") is not None and p.get("kind") not in annotated and p.get("kind") != "literal"
            )
            and not any(p["start"] < f["end"] and f["start"] < p["end"] for f in forgiven)
            for j, p in enumerate(read)
        )
        missed = sum(i not in hit and not m.get("optional") for i, m in enumerate(marked))
        total += Score(len(matched), wrong, missed)
    return total


def kind_agreement(gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> tuple[int, int]:
    """Return how many mentions have the span of gold that has a kind, and how many of them the same kind."""
    matched = kinds = 0
    for id_, document in gold.items():
        marked = [m for m in _unique(document.get("mentions", ())) if m.get("kind") and not m.get("optional")]
        read = _unique(predicted.get(id_, {}).get("mentions", ()))
        for i, j in pairs(marked, read, exact=True):
            matched += 1
            kinds += marked[i]["kind"] == read[j].get("kind")
    return matched, kinds


def placing(gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> Placing | None:
    """Score the places chosen, over gold mentions with coordinates; None where there are none."""
    errors = [error for error, _confidence in _errors_km(gold, predicted)]
    if not errors:
        return None
    placed = [error for error in errors if error < FARTHEST_KM]
    return Placing(
        with_coordinates=len(errors),
        within_161_km=sum(error <= 161.0 for error in errors) / len(errors),
        within_10_km=sum(error <= 10.0 for error in errors) / len(errors),
        median_km=statistics.median(placed) if placed else math.nan,
        auc=error_auc(errors),
    )


def error_auc(errors_km: Sequence[float]) -> float:
    """Return the normalised area under the sorted logarithm of the errors, in [0, 1].

    Source:
        Gritta, Pilehvar, Collier (2018), https://aclanthology.org/P18-1119.
    """
    logs = sorted(math.log1p(min(error, FARTHEST_KM - 1.0)) for error in errors_km)
    if len(logs) == 1:
        return logs[0] / math.log(FARTHEST_KM)
    area = sum((a + b) / 2.0 for a, b in pairwise(logs))
    return area / (math.log(FARTHEST_KM) * (len(logs) - 1)) if logs else math.nan


def reliability(
    gold: Mapping[str, Document], predicted: Mapping[str, Document], *, bands: int = 10
) -> tuple[Band, ...]:
    """Return, for each band of confidence, how many resolutions lie within 161 km of the truth."""
    counts = [[0, 0] for _ in range(bands)]
    for error, confidence in _errors_km(gold, predicted):
        if confidence is not None:
            band = counts[min(bands - 1, int(confidence * bands))]
            band[0] += 1
            band[1] += error <= 161.0
    return tuple(Band(i / bands, (i + 1) / bands, n, right) for i, (n, right) in enumerate(counts) if n)


def quantity_agreement(
    gold: Mapping[str, Document], predicted: Mapping[str, Document]
) -> tuple[int, int, int]:
    """Return how many quantities overlap gold ones, how many have the same unit, how many the same size."""
    matched = units = sizes = 0
    for id_, document in gold.items():
        marked, read = document.get("quantities", ()), predicted.get(id_, {}).get("quantities", ())
        for i, j in pairs(marked, read, exact=False):
            matched += 1
            units += marked[i].get("unit") == read[j].get("unit")
            sizes += _same_size(marked[i], read[j])
    return matched, units, sizes


def claim_agreement(
    gold: Mapping[str, Document], predicted: Mapping[str, Document]
) -> tuple[int, int, int, int]:
    """Return how many claims overlap gold ones, and how many of them have size, direction, anchor right."""
    matched = sizes = directions = anchors = 0
    for id_, document in gold.items():
        marked, read = document.get("claims", ()), predicted.get(id_, {}).get("claims", ())
        for i, j in pairs(marked, read, exact=False):
            matched += 1
            sizes += _same_size(marked[i], read[j])
            directions += marked[i].get("direction") == read[j].get("direction")
            wanted, got = marked[i].get("anchor"), read[j].get("anchor")
            anchors += (
                bool(wanted and got and wanted["start"] < got["end"] and got["start"] < wanted["end"])
                if wanted
                else not got
            )
    return matched, sizes, directions, anchors


def _errors_km(
    gold: Mapping[str, Document], predicted: Mapping[str, Document]
) -> list[tuple[float, float | None]]:
    errors: list[tuple[float, float | None]] = []
    for id_, document in gold.items():
        marked = _unique(document.get("mentions", ()))
        read = _unique(predicted.get(id_, {}).get("mentions", ()))
        of_gold = dict(pairs(marked, read, exact=False))
        for i, m in enumerate(marked):
            if m.get("lat") is None:
                continue
            p = read[of_gold[i]] if i in of_gold else None
            if p is None or p.get("lat") is None:
                errors.append((FARTHEST_KM, None))
            else:
                error = great_circle_km(LatLon(m["lat"], m["lon"]), LatLon(p["lat"], p["lon"]))
                errors.append((error, p.get("confidence")))
    return errors


def _unique(items: Sequence[Item]) -> list[Item]:
    return list({(m["start"], m["end"]): m for m in reversed(items)}.values())[::-1]


def _same_size(one: Item, other: Item) -> bool:
    for table in ({**_METRES, **_METRES_MORE}, _METRES_PER_SECOND):
        if one.get("unit") in table and other.get("unit") in table:
            a, b = one.get("value"), other.get("value")
            if a is None or b is None:
                return False
            return math.isclose(a * table[one["unit"]], b * table[other["unit"]], rel_tol=1e-3)
    return one.get("unit") == other.get("unit") and one.get("value") == other.get("value")
