"""Detection: which of the candidate spans name places, by the weight of the evidence."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, TypeAlias

from gazetteer.reading.candidates import DEMONYM, NAME, PART, UNKNOWN, Form, Found, PackedCandidates
from gazetteer.reading.company import Company
from gazetteer.reading.finding import Finder
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Words
from gazetteer.reading.weighing import Weights

_MAX_GROUP: Final = 40
"""Candidates that are held against each other; a text all in capitals would make one group of it all."""
_LONG: Final = 1_000_000
"""Characters of a text whose candidates are packed, which costs a little time; a novel has fewer."""
_DOUBT: Final = 3.0
_ABOVE_TOWN: Final = 0.1
"""Log odds that a facility has over the town it is named after."""
_AGREEMENT: Final = 0.3
"""Share of the others' mean log odds that one occurrence takes on; best on GeoVirus among 0 to 0.8."""

Odds: TypeAlias = "array[float]"
"""Log odds, one of each candidate."""


def detect(text: str, words: Words, finder: Finder, weights: Weights) -> tuple[Sequence[Found], Surroundings]:
    """Return the place names in a text, in order, none overlapping another, and what surrounds them."""
    here = Surroundings.of(text, words, finder.neighbours)
    rows = list[Found] if len(text) < _LONG else PackedCandidates
    candidates = rows()
    odds = array("d")
    for group in overlapping_groups(finder.find(text, words)):
        candidates.extend(group)
        odds.extend([weights.log_odds(candidate, here, finder, group) for candidate in group])
    least = hopeless_odds(weights)
    if all(own <= least[candidate.form] for candidate, own in zip(candidates, odds, strict=True)):
        return (), here
    company = Company(candidates, odds, finder.maps, here)
    odds = array(
        "d",
        (
            own + weights.of_company(candidate, company, here, finder) if own > least[candidate.form] else own
            for candidate, own in zip(candidates, odds, strict=True)
        ),
    )
    odds = agreed(candidates, odds)
    if "/" in text:
        odds = _paired(candidates, odds, text)
    taken = rows()
    taken.extend(chosen(candidates, odds, threshold=weights.threshold))
    return taken, here


@cache
def hopeless_odds(weights: Weights) -> dict[Form, float]:
    """Return the log odds from which down a candidate is not taken, whatever the article's other names are.

    However much it gained from them, its doubt for others of its name stays the utmost, and the support of
    those, or the little a facility has over its town, does not lift it over the threshold.
    """
    utmost = min(-_DOUBT, weights.threshold - _AGREEMENT * _DOUBT - _ABOVE_TOWN)
    return {form: utmost - most for form, most in weights.most_of_company.items()}


def overlapping_groups(found: Iterable[Found]) -> Iterator[list[Found]]:
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


def agreed(candidates: Sequence[Found], odds: Odds) -> Odds:
    """Let the occurrences of one name in an article support or doubt each other: one sense per article."""
    once: dict[tuple[str, Form], tuple[str, Form]] = {}  # for the memory that equal ones would take
    names = [once.setdefault(name := (c.name, c.form), name) for c in candidates]
    if len(once) == len(names):
        return odds
    occurrences = Counter(names)
    within = array("d", (-_DOUBT if own < -_DOUBT else min(own, _DOUBT) for own in odds))
    totals = dict.fromkeys(once, 0.0)
    for name, own in zip(names, within, strict=True):
        totals[name] += own
    agreed_on = odds[:]
    for i, name in enumerate(names):
        others = occurrences[name] - 1
        if others:
            agreed_on[i] += _AGREEMENT * ((totals[name] - within[i]) / others)
    return agreed_on


def chosen(candidates: Sequence[Found], odds: Odds, *, threshold: float = 0.0) -> Iterator[Found]:
    """Yield candidates with their probability, in text order, none overlapping another.

    They are taken by falling log odds, each that overlaps none taken before. Of names that begin alike
    the longest is taken (`Frankfurt am Main` rather than `Frankfurt`), and the facility rather than the
    place it is named after (`Flughafen Hannover`).

    Args:
        candidates: In the order in which they are found.
        odds: The log odds of each.
        threshold: Log odds that are not enough.
    """
    rivals: list[Found] = []
    reach = -1
    for candidate, final in zip(candidates, _with_facilities(candidates, odds), strict=True):
        if final <= threshold:
            continue
        candidate.probability = 1.0 / (1.0 + math.exp(-final))
        if candidate.start >= reach:
            yield from _best_of(rivals)
            rivals = []
        rivals.append(candidate)
        reach = max(reach, candidate.end)
    yield from _best_of(rivals)


def _best_of(rivals: list[Found]) -> list[Found]:
    """Return what is taken of candidates that overlap, in text order."""
    if len(rivals) < 2:
        return rivals
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for candidate in rivals:
        if candidate.form is NAME:
            starts[candidate.start] = max(candidate.end, starts.get(candidate.start, 0))
            if candidate.shape == "facility":
                ends[candidate.end] = min(candidate.start, ends.get(candidate.end, candidate.start))
    best = sorted(
        (
            c
            for c in rivals
            if c.form is not NAME or (starts[c.start] == c.end and ends.get(c.end, c.start) == c.start)
        ),
        key=lambda c: (-c.probability, c.start),
    )
    taken: dict[int, Found] = {}
    covered: set[int] = set()
    for candidate in best:
        span = range(candidate.start, candidate.end)
        if covered.isdisjoint(span):
            covered.update(span)
            taken[candidate.start] = candidate
    return [taken[start] for start in sorted(taken)]


def _paired(candidates: Sequence[Found], odds: Odds, text: str) -> Odds:
    """Let names on both sides of a slash stand or fall together: `München/Hamburg`."""
    names = [
        (i, c.start, c.end)
        for i, c in enumerate(candidates)
        if c.form is NAME
        and c.shape == "exact"
        and (text[c.end : c.end + 1] == "/" or text[c.start - 1 : c.start] == "/")
    ]
    begins = {start: odds[i] for i, start, _end in names}
    ends = {end: odds[i] for i, _start, end in names}
    paired = odds[:]
    for i, start, end in names:
        paired[i] = max(odds[i], begins.get(end + 1, odds[i]) if text[end : end + 1] == "/" else odds[i])
        if text[start - 1 : start] == "/":
            paired[i] = max(paired[i], ends.get(start - 1, paired[i]))
    return paired


_WHOLE: Final = frozenset({"street", "local", "natural"})
"""Shapes of names that a shorter name may stand in; roads are others."""


def _with_facilities(candidates: Sequence[Found], odds: Odds) -> Odds:
    """Let `Flughafen Hannover` be as likely as the `Hannover` in it, and a little more.

    So too `Berliner Straße` beside `Berliner`, `Kieler Förde` beside `Kieler`, `Bundesstraße 1` beside
    `Bundesstraße`, and `U.S. 98` beside `U.S.`; `Thüringer Wald`, listed as a whole, beside `Thüringer`,
    and `Baden-Baden` beside the `Baden` of a compound; `Paradise Dam` beside `Paradise`; and
    `Waidhofen an der Thaya` beside `Waidhofen` and the `Thaya`.
    """
    wholes = [
        (i, c)
        for i, c in enumerate(candidates)
        if (c.last > c.first if c.form is NAME else c.shape in _WHOLE or c.shape[:5] == "road ")
    ]
    if not wholes:
        return odds
    within = _Within({c.start for _i, c in wholes}, {c.end for _i, c in wholes})
    for candidate, own in zip(candidates, odds, strict=True):
        if candidate.start in within.starts or candidate.end in within.ends:
            within.add(candidate, own)
    adjusted = odds[:]
    for i, candidate in wholes:
        own = odds[i]
        rival = within.rival(candidate, own)
        if rival != own:
            adjusted[i] = max(own, rival + _ABOVE_TOWN)
    return adjusted


def _is_told_apart(candidate: Found) -> bool:
    """Tell whether small words join a name to what tells it from its namesakes: `Stratford upon Avon`."""
    if candidate.last - candidate.first < 2 or candidate.shape != "exact":
        return False
    _first, _, rest = candidate.name.partition(" ")
    return rest[:1].islower()


class _Within:
    """The log odds of names that longer ones begin or end with."""

    def __init__(self, starts: set[int], ends: set[int]) -> None:
        self.starts = starts
        self.ends = ends
        self._by_end: dict[int, float] = {}
        self._by_start: dict[int, float] = {}
        self._names: dict[int, float] = {}
        self._first_words: dict[int, float] = {}
        self._adjectives: dict[int, float] = {}
        self._compounds: dict[tuple[int, int], float] = {}

    def add(self, candidate: Found, own: float) -> None:
        """Note a candidate."""
        start = candidate.start
        if candidate.shape == "exact":
            self._by_end[candidate.end] = own
            if candidate.form is NAME:
                self._names[start] = max(own, self._names.get(start, own))
                if candidate.first == candidate.last:
                    self._first_words[start] = own
        if candidate.form is PART:
            compound = start, candidate.container_end
            self._compounds[compound] = max(own, self._compounds.get(compound, own))
        if candidate.form in {DEMONYM, UNKNOWN} and candidate.first == candidate.last:
            self._by_start[start] = max(own, self._by_start.get(start, own))
            if candidate.form is DEMONYM:
                self._adjectives[start] = own

    def rival(self, candidate: Found, own: float) -> float:
        """Return the log odds of the shorter name a candidate is measured by; its own where there is none."""
        if candidate.shape == "natural":
            return self._names.get(candidate.start, own)
        if candidate.form is not NAME:
            return self._by_start.get(candidate.start, own)
        if candidate.shape == "facility":
            return self._by_end.get(candidate.end, own)
        if candidate.start in self._first_words and _is_told_apart(candidate):
            return max(self._first_words[candidate.start], self._by_end.get(candidate.end, own))
        if candidate.shape != "double" and (candidate.start, candidate.end) in self._compounds:
            return self._compounds[candidate.start, candidate.end]
        return self._adjectives.get(candidate.start, own)
