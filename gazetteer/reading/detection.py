"""Detection: which of the candidate spans name places, by the weight of the evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Company
from gazetteer.reading.finding import Finder
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Words
from gazetteer.reading.weighing import Weights

_MAX_GROUP: Final = 40
"""Candidates that are held against each other; a text all in capitals would make one group of it all."""
_DOUBT: Final = 3.0
_AGREEMENT: Final = 0.3
"""Share of the others' mean log odds that one occurrence takes on; best on GeoVirus among 0 to 0.8."""


@dataclass(frozen=True, slots=True)
class Detected:
    """A candidate that was taken for a place name."""

    found: Found
    probability: float


def detect(
    text: str, words: Words, finder: Finder, weights: Weights
) -> tuple[tuple[Detected, ...], Surroundings]:
    """Return the place names in a text, in order, none overlapping another, and what surrounds them."""
    found = finder.find(text, words)
    here = Surroundings.of(text, words, finder.neighbours)
    alone = [
        (weights.log_odds(candidate, here, finder, group), candidate)
        for group in overlapping_groups(found)
        for candidate in group
    ]
    company = Company(alone, finder.maps, here)
    scored = [
        (odds + weights.of_company(candidate, company, here, finder), candidate) for odds, candidate in alone
    ]
    return tuple(
        Detected(candidate, 1.0 / (1.0 + math.exp(-odds)))
        for odds, candidate in chosen(_paired(agreed(scored), text), threshold=weights.threshold)
    ), here


def overlapping_groups(found: list[Found]) -> list[list[Found]]:
    """Cut candidates, in the order in which they are found, into groups that do not touch each other."""
    groups: list[list[Found]] = []
    reach = -1
    for candidate in found:
        if candidate.start >= reach or len(groups[-1]) >= _MAX_GROUP:
            groups.append([])
        groups[-1].append(candidate)
        reach = max(reach, candidate.end)
    return groups


def agreed(scored: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Let the occurrences of one name in an article support or doubt each other: one sense per article."""
    by_name: dict[tuple[str, Form], list[float]] = defaultdict(list)
    for odds, candidate in scored:
        by_name[candidate.name, candidate.form].append(max(-_DOUBT, min(_DOUBT, odds)))
    agreed_on = []
    for odds, candidate in scored:
        others = by_name[candidate.name, candidate.form]
        if len(others) > 1:
            rest = (sum(others) - max(-_DOUBT, min(_DOUBT, odds))) / (len(others) - 1)
            agreed_on.append((odds + _AGREEMENT * rest, candidate))
        else:
            agreed_on.append((odds, candidate))
    return agreed_on


def chosen(scored: list[tuple[float, Found]], *, threshold: float = 0.0) -> list[tuple[float, Found]]:
    """Take candidates by falling log odds, each that overlaps none taken before.

    Of names that begin alike the longest is taken (`Frankfurt am Main` rather than `Frankfurt`), and
    the facility rather than the place it is named after (`Flughafen Hannover`).
    """
    good = [s for s in _with_facilities(scored) if s[0] > threshold]
    names = [candidate for _odds, candidate in good if candidate.form is Form.NAME]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for name in names:
        starts[name.start] = max(name.end, starts.get(name.start, 0))
        if name.shape == "facility":
            ends[name.end] = min(name.start, ends.get(name.end, name.start))
    best = sorted(
        (
            s
            for s in good
            if s[1].form is not Form.NAME
            or (starts[s[1].start] == s[1].end and ends.get(s[1].end, s[1].start) == s[1].start)
        ),
        key=lambda s: (-s[0], s[1].start),
    )
    taken: dict[int, tuple[float, Found]] = {}
    covered: set[int] = set()
    for odds, candidate in best:
        span = range(candidate.start, candidate.end)
        if covered.isdisjoint(span):
            covered.update(span)
            taken[candidate.start] = (odds, candidate)
    return [taken[start] for start in sorted(taken)]


def _paired(scored: list[tuple[float, Found]], text: str) -> list[tuple[float, Found]]:
    """Let names on both sides of a slash stand or fall together: `München/Hamburg`."""
    begins = {c.start: odds for odds, c in scored if c.form is Form.NAME and c.shape == "exact"}
    ends = {c.end: odds for odds, c in scored if c.form is Form.NAME and c.shape == "exact"}
    paired = []
    for odds, candidate in scored:
        if candidate.form is Form.NAME and candidate.shape == "exact":
            if text[candidate.end : candidate.end + 1] == "/":
                odds = max(odds, begins.get(candidate.end + 1, odds))  # noqa: PLW2901
            if candidate.start and text[candidate.start - 1] == "/":
                odds = max(odds, ends.get(candidate.start - 1, odds))  # noqa: PLW2901
        paired.append((odds, candidate))
    return paired


def _with_facilities(scored: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Let `Flughafen Hannover` be as likely as the `Hannover` in it, and a little more.

    So too `Berliner Straße` beside `Berliner`, and `Bundesstraße 1` beside `Bundesstraße`.
    """
    by_end = {candidate.end: odds for odds, candidate in scored if candidate.shape == "exact"}
    by_start: dict[int, float] = {}
    for odds, candidate in scored:
        if candidate.form in {Form.DEMONYM, Form.UNKNOWN} and candidate.first == candidate.last:
            by_start[candidate.start] = max(odds, by_start.get(candidate.start, odds))
    adjusted = []
    for odds, candidate in scored:
        rival = odds
        if candidate.shape == "facility" and candidate.form is Form.NAME:
            rival = by_end.get(candidate.end, odds)
        elif candidate.shape == "street" or candidate.shape.startswith("road "):
            rival = by_start.get(candidate.start, odds)
        adjusted.append((max(odds, rival + 0.1) if rival != odds else odds, candidate))
    return adjusted
