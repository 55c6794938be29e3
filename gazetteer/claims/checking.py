"""Claims held against geometry, rails, clocks and each other: every claim with checks, verdict and reason."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gazetteer.claims.claim import Claim, Facet, Path, Relation, Verdict, Via
from gazetteer.claims.cues import cue_pattern
from gazetteer.claims.distances import (
    centre_distance_km,
    direction_check,
    distance_check,
    unmeasurable_area,
)
from gazetteer.claims.doubts import doubt
from gazetteer.claims.evidence import POINT_LIKE, Evidence, PlaceBook
from gazetteer.claims.gauges import gauge_check
from gazetteer.claims.hypotheses import hypotheses
from gazetteer.claims.parallels import (
    compared_check,
    counts_from_parallel,
    is_compared,
    parallel_checks,
    parallel_in,
)
from gazetteer.claims.phrasing import listed, quoted
from gazetteer.claims.sides import border_side_check, coast_side_check
from gazetteer.claims.timing import duration_checks, interval_check, speed_checks
from gazetteer.claims.topology import (
    across_border_check,
    between_check,
    border_check,
    closer_check,
    coast_check,
    containment_check,
    neighbours_check,
    no_coast_check,
    proximity_check,
)
from gazetteer.claims.vague_places import wherever_it_lies
from gazetteer.claims.ways import shape_check, trip_checks
from gazetteer.claims.weighing import Weighed, left_open, reason_of, unsure, verdict_of
from gazetteer.journeys.journey import Journey
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.quantities import Dimension
from gazetteer.reading.reader import ArticleReading
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.journeys.railways import RailNetwork

_PARTNERS_AT_MOST: Final = 200
_SHARED_PLACES: Final = 3
_ONE_PLACE_KM: Final = 0.5


def check_claims(
    claims: Iterable[Claim],
    readings: Sequence[ArticleReading],
    gazetteer: PlaceBook,
    network: RailNetwork | None,
    journeys: Iterable[Journey],
) -> tuple[Claim, ...]:
    """Return the claims with checks, hypotheses, verdict and reason, in the same order.

    Args:
        claims: Of all articles that are read together.
        readings: The readings they come from.
        gazetteer: Knows places by id.
        network: The railways; without it no way by rail is known beyond the journeys' own.
        journeys: Reported journeys, for dates and ways.
    """
    held = tuple(claims)
    evidence = Evidence.of(held, readings, gazetteer, network, journeys)
    speeds = SpeedPartners.of(held, evidence)
    return tuple(_checked(claim, evidence, speeds) for claim in held)


@dataclass(frozen=True, slots=True)
class SpeedPartners:
    """The speeds of all articles in order, to find those stated of the same traveller."""

    values: tuple[float, ...]
    claims: tuple[Claim, ...]
    grounds: dict[str, tuple[frozenset[str], frozenset[str]]]
    """Per article: the journeys it tells, and the places (not areas) it names."""

    @classmethod
    def of(cls, claims: Iterable[Claim], evidence: Evidence) -> SpeedPartners:
        """Sort the speeds and note what each of their articles is about."""
        speeds = sorted(
            (one for one in claims if one.quantity and one.quantity.dimension is Dimension.SPEED),
            key=lambda one: (one.quantity.si_value if one.quantity else 0.0, one.id),
        )
        grounds = {}
        for article in dict.fromkeys(one.span.article for one in speeds):
            reading = evidence.readings.get(article)
            named = (one.entry for one in reading.resolutions) if reading else ()
            grounds[article] = (
                frozenset(journey.id for journey in evidence.journeys_told_in(article)),
                frozenset(entry.id for entry in named if entry and entry.feature in POINT_LIKE),
            )
        return cls(tuple(one.quantity.si_value for one in speeds if one.quantity), tuple(speeds), grounds)

    def to(self, claim: Claim) -> tuple[Claim, ...]:
        """Return like speeds from other articles about the same journey, nearest number first."""
        if claim.quantity is None:
            return ()
        value = claim.quantity.si_value
        first = bisect.bisect_left(self.values, 0.85 * value)
        last = min(bisect.bisect_right(self.values, 1.15 * value), first + _PARTNERS_AT_MOST)
        fitting = [other for other in self.claims[first:last] if self._same_traveller(claim, other)]
        return tuple(
            sorted(fitting, key=lambda one: abs(one.quantity.si_value - value) if one.quantity else 0.0)
        )

    def _same_traveller(self, claim: Claim, other: Claim) -> bool:
        if claim.span.article == other.span.article or not _paths_agree(claim.path, other.path):
            return False
        journeys, places = self.grounds[claim.span.article]
        other_journeys, other_places = self.grounds[other.span.article]
        return bool(journeys & other_journeys) or len(places & other_places) >= _SHARED_PLACES


def _checked(claim: Claim, evidence: Evidence, speeds: SpeedPartners) -> Claim:
    weighed = _weighed(claim, evidence, speeds)
    if verdict_of(weighed) in {Verdict.FAILS, Verdict.PARTLY}:
        why = doubt(claim, [one.check for one in weighed], evidence)
        weighed = tuple(unsure(one, why) for one in weighed) if why else weighed
    else:
        why = None
    reason = reason_of(weighed) if weighed else _unplaced(claim, evidence) or _missing(claim, evidence)
    checked = replace(
        claim,
        checks=tuple(one.check for one in weighed),
        # What holds beside a failure taken back is not enough: it may be said of the wrong place, too.
        verdict=Verdict.UNVERIFIABLE if why else verdict_of(weighed),
        reason=listed((reason, why)) if why else reason,
        rail=_rail_drawn(claim, weighed, evidence),
    )
    return replace(checked, hypotheses=hypotheses(checked, evidence))


def _rail_drawn(claim: Claim, weighed: tuple[Weighed, ...], evidence: Evidence) -> tuple[LatLon, ...]:
    if not any(one.check.facet in _BY_RAIL for one in weighed):
        return ()
    first, second = _two_places(claim, evidence)
    return evidence.drawn_way(first, second) if first is not None and second is not None else ()


_BY_RAIL: Final = frozenset({Facet.RAIL, Facet.PATH_SHAPE})


def _weighed(claim: Claim, evidence: Evidence, speeds: SpeedPartners) -> tuple[Weighed, ...]:
    if claim.relation is Relation.SPEED:
        return speed_checks(claim, evidence, speeds.to(claim))
    if claim.relation not in _BY_RELATION:
        return ()
    by_relation = _BY_RELATION[claim.relation]
    return wherever_it_lies(claim, evidence, lambda seen: _found(by_relation(claim, seen)))


Found = tuple[Weighed | None, ...]


def _found(checks: Found) -> tuple[Weighed, ...]:
    return tuple(one for one in checks if one is not None)


def _distance(claim: Claim, evidence: Evidence) -> Found:
    subject, reference = _two_places(claim, evidence)
    parallel = counts_from_parallel(claim, evidence)
    if parallel is not None and subject is not None:
        return parallel_checks(claim, subject, parallel, evidence)
    if subject is None or reference is None or _same_place(subject, reference):
        return ()
    if claim.direction is not None and is_compared(claim, evidence):
        return (compared_check(claim.direction, subject, reference, evidence),)
    by_land = claim.path in {Path.RAIL, Path.ROAD}
    along = trip_checks(claim, subject, reference, evidence) if by_land else ()
    facing = (
        direction_check(claim.direction, subject, reference, evidence, quantity=claim.quantity)
        if claim.direction
        else None
    )
    return (*along, None if along else distance_check(claim, subject, reference, evidence), facing)


def _trip(claim: Claim, evidence: Evidence) -> Found:
    origin, destination = _two_places(claim, evidence)
    if origin is None or destination is None or _same_place(origin, destination):
        return ()
    return trip_checks(claim, origin, destination, evidence)


def _duration(claim: Claim, evidence: Evidence) -> Found:
    origin, destination = _two_places(claim, evidence)
    return duration_checks(claim, origin, destination, evidence)


def _border(claim: Claim, evidence: Evidence) -> Found:
    subject, reference = evidence.entry(claim.subject), evidence.entry(claim.reference)
    other = evidence.entry(claim.origin)
    if subject is None and reference is not None and other is not None:
        both = {reference.feature, other.feature} == {Feature.COUNTRY}
        return (neighbours_check(other, reference, evidence),) if both else ()
    if subject is None:
        return ()
    if reference is not None and {subject.feature, reference.feature} <= POINT_LIKE:
        return (across_border_check(subject, reference, evidence),)
    found = border_check(claim, subject, reference, evidence)
    is_shared = found is not None and found.check.verdict is Verdict.HOLDS and reference is not None
    if not is_shared or reference is None or subject.feature is not Feature.COUNTRY:
        return (found,)
    side = border_side_check(claim, subject, reference, evidence)
    return (
        left_open(found) if side and side.check.verdict is Verdict.UNVERIFIABLE and found else found,
        side,
    )


def _coast(claim: Claim, evidence: Evidence) -> Found:
    subject, reference = evidence.entry(claim.subject), evidence.entry(claim.reference)
    none = no_coast_check(claim, reference, evidence)
    if none is not None:
        return (none,)
    if subject is None or subject.feature not in POINT_LIKE:
        return ()
    found = coast_check(claim, subject, reference, evidence)
    side = coast_side_check(claim, subject, reference, evidence)
    if side is not None and side.check.verdict is Verdict.UNVERIFIABLE:
        found = left_open(found)  # on a coast, but on which
    return (found, side)


def _proximity(claim: Claim, evidence: Evidence) -> Found:
    subject, reference = _two_places(claim, evidence)
    if subject is None or reference is None:
        return ()
    if claim.quantity is not None:
        return _distance(claim, evidence)
    if claim.origin is not None:
        nearer, farther = evidence.entry(claim.subject), evidence.entry(claim.origin)
        if nearer is None or farther is None:
            return ()
        return (
            closer_check(nearer, reference, farther, evidence) or _wide_one((reference, farther), evidence),
        )
    return (proximity_check(claim, subject, reference, evidence),)


def _wide_one(places: Iterable[GazetteerEntry], evidence: Evidence) -> Weighed | None:
    """Say of the first place that is an area that it has no centre to measure from."""
    areas = [place for place in places if place.feature not in POINT_LIKE]
    # To the ground of a country can be measured, if not from within.
    wide = next((area for area in areas if area.feature is not Feature.COUNTRY), next(iter(areas), None))
    return None if wide is None else unmeasurable_area(Facet.PROXIMITY, None, evidence.label(wide))


def _containment(claim: Claim, evidence: Evidence) -> Found:
    subject, reference = evidence.entry(claim.subject), evidence.entry(claim.reference)
    if subject is None or reference is None or subject.id == reference.id:
        return ()
    return (containment_check(subject, reference, evidence),)


def _between(claim: Claim, evidence: Evidence) -> Found:
    subject = evidence.entry(claim.subject)
    one, other = evidence.entry(claim.reference), evidence.entry(claim.origin)
    if one is None or other is None:
        return _distance(claim, evidence) if claim.quantity else ()
    if subject is not None:
        return (between_check(claim, subject, one, other, evidence),)
    return (distance_check(claim, one, other, evidence),)


def _shape(claim: Claim, evidence: Evidence) -> Found:
    origin, destination = _two_places(claim, evidence)
    return (shape_check(claim, origin, destination, evidence),) if origin and destination else ()


def _event_place(claim: Claim, evidence: Evidence) -> Found:
    place = evidence.entry(claim.reference) or evidence.entry(claim.subject)
    return (gauge_check(claim, place, evidence),) if place else ()


def _interval(claim: Claim, evidence: Evidence) -> Found:
    return (interval_check(claim, evidence.entry(claim.reference), evidence),)


_BY_RELATION: Final[dict[Relation, Callable[[Claim, Evidence], Found]]] = {
    Relation.DISTANCE: _distance,
    Relation.DIRECTION: _distance,
    Relation.TRIP_LENGTH: _trip,
    Relation.DURATION: _duration,
    Relation.PROXIMITY: _proximity,
    Relation.BORDER: _border,
    Relation.COAST: _coast,
    Relation.CONTAINMENT: _containment,
    Relation.BETWEEN: _between,
    Relation.PATH_SHAPE: _shape,
    Relation.EVENT_PLACE: _event_place,
    Relation.INTERVAL: _interval,
}


def _two_places(claim: Claim, evidence: Evidence) -> tuple[GazetteerEntry | None, GazetteerEntry | None]:
    """Return where a claim begins (the trip's origin, else what is located) and where it ends."""
    first = evidence.entry(claim.origin) if claim.origin else evidence.entry(claim.subject)
    return first, evidence.entry(claim.reference)


def _same_place(a: GazetteerEntry, b: GazetteerEntry) -> bool:
    """Tell whether both roles fell on one place, and one of them so wrongly."""
    return a.id == b.id or centre_distance_km(a, b) < _ONE_PLACE_KM


def _unplaced(claim: Claim, evidence: Evidence) -> Wording | None:
    """Name the words of a claim for which no place was found, None where there are none."""
    reading = evidence.readings.get(claim.span.article)
    roles = [role for role in (claim.subject, claim.reference, claim.origin) if role is not None]
    if reading is None:
        return None
    text, language = reading.article.text, reading.article.language
    named = [
        text[role.span.start : role.span.end]
        for role in roles
        if role.place is None and role.via is Via.NAMED
    ]
    nowhere = [
        words for words in named if parallel_in(words, language) is None and not _names_line(words, language)
    ]
    if not nowhere:
        return None
    words = quoted(*nowhere)
    return Wording(
        f"Ohne Ort blieb: {words.de}; so ist nichts zu messen.",
        f"No place was found for {words.en}; so there is nothing to measure.",
    )


def _names_line(words: str, language: str) -> bool:
    """Tell whether words name a road or shore rather than a place: `Route 3`, `Festland`."""
    return any(cue_pattern(language, *lines).search(words) for lines in _LINES)


_LINES: Final = (("between", "road"), ("vehicles", "road"), ("coast", "nouns"), ("border", "nouns"))


_WAYS: Final = frozenset({Relation.DURATION, Relation.TRIP_LENGTH})
_OF_TWO: Final = frozenset({Relation.BETWEEN, Relation.DISTANCE, Relation.DIRECTION, Relation.PROXIMITY})


def _missing(claim: Claim, evidence: Evidence) -> Wording:
    """Say what keeps a claim from being measured: the place spoken of, or the one counted from."""
    first, second = claim.origin or claim.subject, claim.reference
    if claim.relation is Relation.BETWEEN:
        first = claim.subject
    is_first_open = first is None or first.place is None
    is_second_open = (second is None or second.place is None) and counts_from_parallel(
        claim, evidence
    ) is None
    if claim.relation in _WAYS and (is_first_open or is_second_open):
        return Wording(
            "Der Satz nennt nicht beide Enden des Weges; gemessen wird nur, was gesagt ist.",
            "The sentence does not name both ends of the way; only what is said is measured.",
        )
    if claim.relation in _OF_TWO and is_first_open != is_second_open:
        if is_second_open:
            return Wording(
                "Von wo aus gezählt wird, sagt der Satz nicht; gemessen wird nur, was gesagt ist.",
                "The sentence does not say from where it counts; only what is said is measured.",
            )
        return Wording(
            "Von welchem Ort die Rede ist, sagt der Satz nicht; gemessen wird nur, was gesagt ist.",
            "The sentence does not say which place it speaks of; only what is said is measured.",
        )
    if claim.relation in _OF_TWO and is_first_open:
        return Wording(
            "Der Satz nennt nicht beide Orte; gemessen wird nur, was gesagt ist.",
            "The sentence does not name both places; only what is said is measured.",
        )
    if claim.relation is Relation.SPEED:
        return Wording(
            "Eine Geschwindigkeit lässt sich an keinem Ort nachmessen, und kein anderer Artikel nennt sie.",
            "A speed cannot be measured at any place, and no other article states it.",
        )
    return reason_of(())


def _paths_agree(one: Path, other: Path) -> bool:
    return one is other or Path.UNSPECIFIED in {one, other}
