"""Detection: which of the candidate spans name places, by the weight of the evidence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
_ABOVE_TOWN: Final = 0.1
"""Log odds that a facility has over the town it is named after."""
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
    here = Surroundings.of(text, words, finder.neighbours)
    alone = [
        (weights.log_odds(candidate, here, finder, group), candidate)
        for group in overlapping_groups(finder.find(text, words))
        for candidate in group
    ]
    hopeless = hopeless_odds(weights)
    if all(odds <= hopeless[candidate.form] for odds, candidate in alone):
        return (), here
    company = Company(alone, finder.maps, here)
    scored = agreed(
        [
            (s[0] + weights.of_company(s[1], company, here, finder), s[1])
            if s[0] > hopeless[s[1].form]
            else s
            for s in alone
        ]
    )
    if "/" in text:
        scored = _paired(scored, text)
    return tuple(
        Detected(candidate, 1.0 / (1.0 + math.exp(-odds)))
        for odds, candidate in chosen(scored, threshold=weights.threshold)
    ), here


def hopeless_odds(weights: Weights) -> dict[Form, float]:
    """Return the log odds from which down a candidate is not taken, whatever the article's other names are.

    However much it gained from them, its doubt for others of its name stays the utmost, and the support of
    those, or the little a facility has over its town, does not lift it over the threshold.
    """
    utmost = min(-_DOUBT, weights.threshold - _AGREEMENT * _DOUBT - _ABOVE_TOWN)
    return {form: utmost - most for form, most in weights.most_of_company.items()}


def overlapping_groups(found: Sequence[Found]) -> Iterator[list[Found]]:
    """Cut candidates, in the order in which they are found, into groups that do not touch each other."""
    group: list[Found] = []
    reach = -1
    for candidate in found:
        if group and (candidate.start >= reach or len(group) >= _MAX_GROUP):
            yield group
            group = []
        group.append(candidate)
        reach = max(reach, candidate.end)
    if group:
        yield group


def agreed(scored: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Let the occurrences of one name in an article support or doubt each other: one sense per article."""
    by_name: dict[tuple[str, Form], list[float]] = {}
    for odds, candidate in scored:
        by_name.setdefault((candidate.name, candidate.form), []).append(_within_doubt(odds))
    if len(by_name) == len(scored):
        return scored
    several = {name: (sum(odds), len(odds) - 1) for name, odds in by_name.items() if len(odds) > 1}
    agreed_on = []
    for s in scored:
        odds, candidate = s
        of_all = several.get((candidate.name, candidate.form))
        if of_all is not None:
            total, others = of_all
            s = odds + _AGREEMENT * ((total - _within_doubt(odds)) / others), candidate  # noqa: PLW2901
        agreed_on.append(s)
    return agreed_on


def _within_doubt(odds: float) -> float:
    return -_DOUBT if odds < -_DOUBT else min(odds, _DOUBT)


def chosen(scored: list[tuple[float, Found]], *, threshold: float = 0.0) -> list[tuple[float, Found]]:
    """Take candidates by falling log odds, each that overlaps none taken before.

    Of names that begin alike the longest is taken (`Frankfurt am Main` rather than `Frankfurt`), and
    the facility rather than the place it is named after (`Flughafen Hannover`).

    Args:
        scored: Log odds and candidates, in the order in which they are found.
        threshold: Log odds that are not enough.
    """
    good = [s for s in _with_facilities(scored) if s[0] > threshold]
    taken: list[tuple[float, Found]] = []
    rivals: list[tuple[float, Found]] = []
    reach = -1
    for s in good:
        if s[1].start >= reach:
            taken += _best_of(rivals)
            rivals = []
        rivals.append(s)
        reach = max(reach, s[1].end)
    return taken + _best_of(rivals)


def _best_of(rivals: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Return what is taken of candidates that overlap, in text order."""
    if len(rivals) < 2:
        return rivals
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for _odds, candidate in rivals:
        if candidate.form is Form.NAME:
            starts[candidate.start] = max(candidate.end, starts.get(candidate.start, 0))
            if candidate.shape == "facility":
                ends[candidate.end] = min(candidate.start, ends.get(candidate.end, candidate.start))
    best = sorted(
        (
            s
            for s in rivals
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


def _is_whole(candidate: Found) -> bool:
    """Tell whether a candidate is a name of several words that a shorter name may stand in."""
    if candidate.form is Form.NAME:
        return candidate.last > candidate.first
    return candidate.shape in {"street", "local", "natural"} or candidate.shape.startswith("road ")


def _with_facilities(scored: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Let `Flughafen Hannover` be as likely as the `Hannover` in it, and a little more.

    So too `Berliner Straße` beside `Berliner`, `Kieler Förde` beside `Kieler`, and `Bundesstraße 1` beside
    `Bundesstraße`; `Thüringer Wald`, listed as a whole, beside `Thüringer`; and `Paradise Dam`
    beside `Paradise`.
    """
    if not any(_is_whole(candidate) for _odds, candidate in scored):
        return scored
    by_end = {candidate.end: odds for odds, candidate in scored if candidate.shape == "exact"}
    by_start: dict[int, float] = {}
    names: dict[int, float] = {}
    adjectives: dict[int, float] = {}
    for odds, candidate in scored:
        if candidate.form is Form.NAME and candidate.shape == "exact":
            names[candidate.start] = max(odds, names.get(candidate.start, odds))
        if candidate.form in {Form.DEMONYM, Form.UNKNOWN} and candidate.first == candidate.last:
            by_start[candidate.start] = max(odds, by_start.get(candidate.start, odds))
            if candidate.form is Form.DEMONYM:
                adjectives[candidate.start] = odds
    adjusted = []
    for odds, candidate in scored:
        rival = odds
        if candidate.shape == "natural":
            rival = names.get(candidate.start, odds)
        elif candidate.shape == "facility":
            rival = by_end.get(candidate.end, odds) if candidate.form is Form.NAME else odds
        elif _is_whole(candidate):
            shorter = adjectives if candidate.form is Form.NAME else by_start
            rival = shorter.get(candidate.start, odds)
        adjusted.append((max(odds, rival + _ABOVE_TOWN) if rival != odds else odds, candidate))
    return adjusted
