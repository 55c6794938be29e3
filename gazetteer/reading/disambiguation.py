"""Disambiguation: which of the places of a name is meant, by what the article says elsewhere."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry, Match
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse
from gazetteer.reading.candidates import Form
from gazetteer.reading.detection import Detected
from gazetteer.reading.finding import Finder
from gazetteer.reading.surroundings import Surroundings
from gazetteer.wording import Wording

MAX_CANDIDATES: Final = 8
_NEAR_KM: Final = 400.0
_SAME_SPOT_KM: Final = 50.0
_CLOSE_KM: Final = 80.0
_PROMINENCE_WEIGHT: Final = 12.0
_CODE: Final = -4.0
_MAIN: Final = 2.5
_COUNTRY: Final = 1.5
_COUNTRY_AGAIN: Final = 0.5
_ADMIN1: Final = 2.0
_SIBLING: Final = 0.5
_SIBLING_MORE: Final = 0.4
_SIBLINGS_AT_MOST: Final = 2.0
_NEAR: Final = 0.8
_CLOSE: Final = 2.0
_NEIGHBOURS: Final = 0.5
_QUARTER: Final = -1.5
_CONTAINED: Final = 4.0
"""Log odds, found by coordinate search on GeoVirus and made-up local news, each kept where both agreed."""
_FAME: Final = 0.4
_AMONG: Final = 3.0
"""Set by hand: of a few values tried, these cost GeoVirus nothing; no search was made."""
_ANCHORS_MEASURED: Final = 12
_SETTLED: Final = 0.98
"""Share of the weight from which a choice is not weighed again."""
_SPEAKS: Final = 0.8
"""Share of the weight from which a choice of the first round speaks in the second."""
_MATCH: Final = {"exact": Match.EXACT, "genitive": Match.INFLECTED, "folded": Match.FOLDED}


@dataclass(slots=True)
class Evidence:
    """One candidate's score in log odds, with the reasons for it."""

    entry: GazetteerEntry
    place: int
    score: float
    reasons: list[str] = field(default_factory=list)

    def add(self, log_odds: float, reason: str = "") -> None:
        """Add to the score, with the reason that readers are told."""
        self.score += log_odds
        if reason:
            self.reasons.append(reason)


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision on one name of an article."""

    entry: GazetteerEntry | None
    confidence: float
    candidates: tuple[Candidate, ...]
    why: Wording


@dataclass(frozen=True, slots=True)
class _Settled:
    choice: Choice
    share: float
    """Of the weight of all candidates, the part of the best."""


_REASONS: Final = {
    "country": Wording("sein Land wird im Artikel genannt", "its country is named in the article"),
    "admin1": Wording("seine Region wird im Artikel genannt", "its region is named in the article"),
    "siblings": Wording(
        "andere Orte desselben Landes werden genannt", "other places of the same country are named"
    ),
    "near": Wording("liegt nahe anderen genannten Orten", "lies near other places named"),
    "contained": Wording("das Gebiet steht gleich dahinter", "the area it lies in stands right behind it"),
    "kind": Wording("passt zur genannten Art von Ort", "fits the kind of place named"),
    "main": Wording("heißt so", "is its usual name"),
}


class Disambiguator:
    """Resolves the names of one article together."""

    def __init__(self, finder: Finder, here: Surroundings) -> None:
        """Take what was found about the article."""
        self._finder = finder
        self._gazetteer: Gazetteer = finder.gazetteer
        self._here = here
        self._countries: Counter[str] = Counter()
        self._regions: set[tuple[str, str]] = set()
        self._anchors: list[GazetteerEntry] = []
        self._anchored: Counter[str] = Counter()
        self._anchor_ids: set[str] = set()
        self._number: dict[str, int] = {}
        self._neighbours: Counter[tuple[str, str]] = Counter()

    def resolve(self, detected: Sequence[Detected]) -> list[Choice]:
        """Return one choice per detected name, in order; one referent per name."""
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for i, d in enumerate(detected):
            groups[d.found.places].append(i)
        self._gather_anchors(detected)
        contained = self._contained(detected)
        choices: list[Choice] = [_NOTHING] * len(detected)
        chosen: dict[tuple[int, ...], _Settled] = {}
        named = [(places, members) for places, members in groups.items() if places]
        for again in (False, True):
            if again:
                self._add_anchors(chosen)
            for places, members in named:
                if not again or chosen[places].share < _SETTLED:
                    chosen[places] = self._choose(
                        places, [detected[i] for i in members], [contained.get(i) for i in members]
                    )
        for places, members in named:
            for i in members:
                choices[i] = chosen[places].choice
        return choices

    def _add_anchors(self, chosen: Mapping[tuple[int, ...], _Settled]) -> None:
        """Let towns found out in the first round speak in the second."""
        for settled in chosen.values():
            entry = settled.choice.entry
            if entry is None or entry.id in self._anchor_ids:
                continue
            if entry.feature_code == "ADM1" and entry.country and entry.admin1:
                self._regions.add((entry.country, entry.admin1))
            if settled.share > _SPEAKS:
                self._take_anchor(entry)

    def _gather_anchors(self, detected: Sequence[Detected]) -> None:
        seen: set[int] = set()
        for d in detected:
            if not d.found.places:
                continue
            best = d.found.places[0]
            entry = self._gazetteer.entry_at(best)
            if (entry.feature is Feature.COUNTRY and entry.country) or (
                d.found.form is Form.DEMONYM and entry.country
            ):
                self._countries[entry.country] += 1
            if best in seen:
                continue
            seen.add(best)
            if entry.feature_code == "ADM1" and entry.country and entry.admin1:
                self._regions.add((entry.country, entry.admin1))
            certain = len(d.found.places) == 1 or (
                self._gazetteer.prominence_at(best) - self._gazetteer.prominence_at(d.found.places[1]) > 0.12
            )
            if certain:
                self._take_anchor(entry)

    def _take_anchor(self, entry: GazetteerEntry) -> None:
        if entry.feature is Feature.COUNTRY:
            return
        self._number[entry.id] = self._gazetteer.place_number(entry.id)
        self._anchors.append(entry)
        self._anchor_ids.add(entry.id)
        if entry.country:
            self._anchored[entry.country] += 1
            if entry.admin1:
                self._neighbours[entry.country, entry.admin1] += 1

    def _contained(self, detected: Sequence[Detected]) -> dict[int, tuple[int, ...]]:
        """Return for each name the places of a name that stands behind it: `Paris, Texas`."""
        behind: dict[int, tuple[int, ...]] = {}
        for i, (d, following) in enumerate(pairwise(detected)):
            gap = self._here.text[d.found.end : following.found.start]
            if gap in {", ", " (", " in ", ", in ", " im "} and following.found.places:
                behind[i] = following.found.places
        return behind

    def _choose(
        self, places: tuple[int, ...], members: list[Detected], contained: list[tuple[int, ...] | None]
    ) -> _Settled:
        name = members[0].found.name
        # A namesake says nothing for another: the town of Paris is no reason to think of the département.
        kin = [a for a in self._anchors if self._number[a.id] in places]
        weighed = [self._weigh(place, name, contained, kin) for place in places]
        weighed.sort(key=lambda e: (-e.score, e.place))
        weighed = _town_first(weighed)
        top = max(e.score for e in weighed)
        shares = [math.exp(min(0.0, e.score - top)) for e in weighed]
        total = sum(shares)
        detection = max(m.probability for m in members)
        match = _MATCH.get(members[0].found.shape, Match.EXACT)
        candidates = tuple(
            Candidate(e.entry, share / total, match, self._why(e))
            for e, share in zip(weighed[:MAX_CANDIDATES], shares, strict=False)
        )
        best = weighed[0]
        # City, district and state of Hamburg lie in one spot: to take one for another is no error.
        here = sum(
            share
            for e, share in zip(weighed, shares, strict=True)
            if e is best
            or (best.entry.feature_code == "ADM1" and _unit(e.entry) == _unit(best.entry))
            or (
                e.entry.country == best.entry.country
                and great_circle_km(e.entry.position, best.entry.position) < _SAME_SPOT_KM
            )
        )
        confidence = calibrated(here / total, detection)
        return _Settled(Choice(best.entry, confidence, candidates, self._why(best)), shares[0] / total)

    def _weigh(
        self,
        place: int,
        name: str,
        contained: list[tuple[int, ...] | None],
        kin: Sequence[GazetteerEntry],
    ) -> Evidence:
        entry = self._gazetteer.entry_at(place)
        evidence = Evidence(entry, place, _PROMINENCE_WEIGHT * self._gazetteer.prominence_at(place))
        use = self._finder.use_of(name, place)
        if use & NameUse.CODE:
            evidence.add(_CODE)
        elif use & (NameUse.MAIN | NameUse.GERMAN | NameUse.ENGLISH | NameUse.CURATED):
            evidence.add(_MAIN, "main")
        evidence.add(_FAME * math.log1p(self._gazetteer.name_count_at(place)))
        if entry.feature_code == "PPLX":
            evidence.add(_QUARTER)
        if entry.feature is Feature.COUNTRY and entry.country:
            evidence.add(math.log1p(self._countries[entry.country]))
        elif entry.country:
            self._weigh_company(evidence, entry.country, kin)
        elif entry.feature is not Feature.CONTINENT and self._lies_among(entry, kin):
            # A lake or range between countries is in none of them, yet as near as any town.
            evidence.add(_AMONG, "near")
        if any(areas and self._lies_in(entry, areas) for areas in contained):
            evidence.add(_CONTAINED, "contained")
        return evidence

    def _lies_among(self, entry: GazetteerEntry, kin: Sequence[GazetteerEntry]) -> bool:
        anchors = (anchor for anchor in self._anchors[:_ANCHORS_MEASURED] if anchor not in kin)
        return any(great_circle_km(anchor.position, entry.position) < _NEAR_KM for anchor in anchors)

    def _weigh_company(self, evidence: Evidence, country: str, kin: Sequence[GazetteerEntry]) -> None:
        """Add what the other places of the article say about one below the level of a country."""
        entry = evidence.entry
        if named := self._countries[country]:
            evidence.add(_COUNTRY + _COUNTRY_AGAIN * math.log(named), "country")
        if entry.admin1 and (country, entry.admin1) in self._regions and entry.feature_code != "ADM1":
            evidence.add(_ADMIN1, "admin1")
        siblings = self._anchored[country] - sum(a.country == country for a in kin)
        if siblings:
            evidence.add(min(_SIBLINGS_AT_MOST, _SIBLING + _SIBLING_MORE * siblings), "siblings")
        if entry.admin1 and entry.feature_code != "ADM1":
            here = country, entry.admin1
            others = self._neighbours[here] - sum((a.country, a.admin1) == here for a in kin)
            evidence.add(_NEIGHBOURS * math.log1p(others))
        nearest = min(
            (
                great_circle_km(a.position, entry.position)
                for a in self._anchors[:_ANCHORS_MEASURED]
                if a not in kin and a.feature is Feature.CITY and a.country == country
            ),
            default=math.inf,
        )
        if nearest < _NEAR_KM:
            evidence.add(_NEAR + (_CLOSE if nearest < _CLOSE_KM else 0.0), "near")

    def _lies_in(self, entry: GazetteerEntry, areas: tuple[int, ...]) -> bool:
        for place in areas[:4]:
            area = self._gazetteer.entry_at(place)
            if area.id == entry.id or area.country != entry.country:
                continue
            if area.feature is Feature.COUNTRY or (area.admin1 and area.admin1 == entry.admin1):
                return True
        return False

    @staticmethod
    def _why(evidence: Evidence) -> Wording:
        entry = evidence.entry
        people = entry.population
        size_de = f"{people:,} Einwohner".replace(",", ".") if people else "Einwohnerzahl unbekannt"
        size_en = f"population {people:,}" if people else "population unknown"
        reasons = [_REASONS[r] for r in evidence.reasons]
        return Wording(
            "; ".join([size_de, *(r.de for r in reasons)]), "; ".join([size_en, *(r.en for r in reasons)])
        )


def _town_first(weighed: list[Evidence]) -> list[Evidence]:
    """Put a town, or the larger unit, before a district that is named after it and lies in the same spot."""
    best = weighed[0]
    if not best.entry.feature_code.startswith("ADM"):
        return weighed
    for i, other in enumerate(weighed[1:], 1):
        if other.place > best.place or other.entry.feature not in {Feature.CITY, Feature.REGION}:
            continue
        around = other.entry.feature_code == "ADM1" and _unit(other.entry) == _unit(best.entry)
        if around or great_circle_km(other.entry.position, best.entry.position) < _SAME_SPOT_KM:
            return [other, *weighed[:i], *weighed[i + 1 :]]
    return weighed


def _unit(entry: GazetteerEntry) -> tuple[str | None, str | None]:
    return entry.country, entry.admin1


def calibrated(share: float, detection: float) -> float:
    """Return how often a place chosen with this share of the weight is right."""
    return share * (0.5 + 0.5 * detection)


_NOTHING: Final = Choice(
    None,
    0.0,
    (),
    Wording(
        "nicht aufgelöst: der Name steht nicht im Ortsverzeichnis",
        "not resolved: the name is not in the gazetteer",
    ),
)
