"""Claims held against each other, within a sentence, an article and over all articles read together.

Everything is bucketed first, by sentence, by pair of places or by journey, so that an archive of
thousands of claims costs no more than its claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gazetteer.claims.agreement import same_places, speed_agreements
from gazetteer.claims.checking import SpeedPartners
from gazetteer.claims.claim import Check, Claim, CrossCheck, Facet, Path, Relation, Verdict
from gazetteer.claims.evidence import POINT_LIKE, Evidence, PlaceBook
from gazetteer.claims.phrasing import kilometres, measured, percent, quoted
from gazetteer.claims.reports import destination_conflicts, mean_speeds
from gazetteer.geodesy import destination, geodesic_km, initial_bearing_deg
from gazetteer.journeys.journey import Journey
from gazetteer.places.entries import GazetteerEntry
from gazetteer.reading.quantities import Dimension
from gazetteer.reading.reader import ArticleReading
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.journeys.railways import RailNetwork

_CHAIN_MISS: Final = 0.25
"""Share of the distance by which a chain of two vectors may miss before it contradicts the map."""

_JUDGEMENT: Final = {
    Verdict.HOLDS: "agree",
    Verdict.HOLDS_LOOSELY: "agree",
    Verdict.FAILS: "contradiction",
}


def cross_checks(
    claims: Iterable[Claim],
    readings: Sequence[ArticleReading],
    gazetteer: PlaceBook,
    network: RailNetwork | None,
    journeys: Iterable[Journey],
) -> tuple[CrossCheck, ...]:
    """Return what the checked claims say about each other.

    Args:
        claims: As `check_claims` returned them.
        readings: The readings they come from.
        gazetteer: Knows places by id.
        network: The railways.
        journeys: The reported journeys.
    """
    held = tuple(claims)
    evidence = Evidence.of(held, readings, gazetteer, network, journeys)
    partners = SpeedPartners.of(held, evidence)
    speeds = [claim for claim in held if claim.relation is Relation.SPEED]
    found = (
        *_times(held, evidence),
        *speed_agreements(speeds, {claim.id: partners.to(claim) for claim in speeds}),
        *same_places(held, evidence),
        *_rails(held),
        *_calendar(held),
        *mean_speeds(speeds, evidence),
        *_chains(held, evidence),
        *_orders(held),
        *destination_conflicts(held, evidence),
    )
    return tuple(dict.fromkeys(found))


def _times(claims: Sequence[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    """Length over speed against duration, all from one sentence."""
    for claim in claims:
        check = _check(claim, Facet.INTERNAL) if claim.relation is Relation.DURATION else None
        if check is None or check.stated is None or check.computed is None:
            continue
        others = [
            other
            for other in evidence.companions(claim)
            if other.quantity and other.quantity.dimension in {Dimension.LENGTH, Dimension.SPEED}
        ]
        yield CrossCheck(
            (*(other.id for other in others), claim.id),
            "time = distance/speed",
            quoted(claim.quote, *(other.quote for other in others[:2])),
            measured(check.computed, "h"),
            _JUDGEMENT.get(check.verdict, "unverifiable"),
            check.reason,
        )


def _rails(claims: Sequence[Claim]) -> Iterator[CrossCheck]:
    """Lengths of trips against the way by rail."""
    for claim in claims:
        check = _check(claim, Facet.RAIL)
        if check is None or check.stated is None or not check.computed:
            continue
        off = (check.stated - check.computed) / check.computed
        much = _JUDGEMENT.get(check.verdict, "unverifiable")
        verdict = "suspicious" if check.verdict is Verdict.HOLDS_LOOSELY and abs(off) > 0.05 else much
        yield CrossCheck(
            (claim.id,),
            "rail reference",
            quoted(claim.quote),
            Wording(
                f"{kilometres(check.computed).de}, {percent(off).de} {'weniger' if off > 0 else 'mehr'}",
                f"{kilometres(check.computed).en}, {percent(off).en} {'less' if off > 0 else 'more'}",
            ),
            verdict,
            check.reason,
        )


def _calendar(claims: Sequence[Claim]) -> Iterator[CrossCheck]:
    """Durations against the dates of reported events."""
    for claim in claims:
        check = _check(claim, Facet.EXTERNAL)
        if check is None or check.computed is None or check.verdict is Verdict.UNVERIFIABLE:
            continue
        yield CrossCheck(
            (claim.id,),
            "date and calendar",
            quoted(claim.quote),
            measured(check.computed, "h") if check.computed < 24 * 14 else Wording.same(""),
            _JUDGEMENT[check.verdict],
            check.reason,
        )


def _chains(claims: Sequence[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    """Two vectors of one sentence end to end: A lies Q of B, and B lies P of C."""
    vectors = [claim for claim in claims if _vector_ends(claim, evidence) is not None]
    by_subject: defaultdict[tuple[str, int, str], list[Claim]] = defaultdict(list)
    for claim in vectors:
        if claim.subject and claim.subject.place:
            key = (claim.span.article, evidence.sentence_index(claim.span), claim.subject.place)
            by_subject[key].append(claim)
    for first in vectors:
        place = first.reference.place if first.reference else None
        key = (first.span.article, evidence.sentence_index(first.span), place or "")
        for second in by_subject.get(key, ())[:1]:
            chained = _chain(first, second, evidence) if second.id != first.id else None
            if chained is not None:
                yield chained


def _chain(first: Claim, second: Claim, evidence: Evidence) -> CrossCheck | None:
    ends, further = _vector_ends(first, evidence), _vector_ends(second, evidence)
    if ends is None or further is None or ends[0].position == further[1].position:
        return None
    subject, start = ends[0], further[1]
    reached = start.position
    for claim in (second, first):
        if claim.direction is None or claim.quantity is None:
            return None
        reached = destination(reached, claim.direction.bearing_deg, claim.quantity.si_value / 1000.0)
    true_km = geodesic_km(start.position, subject.position)
    miss_km = geodesic_km(reached, subject.position)
    fits = miss_km <= _CHAIN_MISS * true_km
    names = evidence.label(subject), evidence.label(start)
    said_km = geodesic_km(start.position, reached)
    said = measured(initial_bearing_deg(start.position, reached), "deg") if said_km else Wording.same("")
    true = measured(initial_bearing_deg(start.position, subject.position), "deg")
    return CrossCheck(
        (first.id, second.id),
        "chain of vectors",
        quoted(first.quote, second.quote),
        Wording(
            f"{kilometres(said_km).de} bei {said.de} statt {kilometres(true_km).de} bei {true.de}",
            f"{kilometres(said_km).en} at {said.en} instead of {kilometres(true_km).en} at {true.en}",
        ),
        "agree" if fits else "contradiction",
        Wording(
            f"Beide Angaben nacheinander führen von {names[1].de} aus {kilometres(miss_km).de} an "
            f"{names[0].de} "
            f"{'nahe heran' if fits else 'vorbei'}.",
            f"Both statements in turn lead from {names[1].en} to a point {kilometres(miss_km).en} "
            f"from {names[0].en}{', which is near' if fits else ''}.",
        ),
    )


def _orders(claims: Sequence[Claim]) -> Iterator[CrossCheck]:
    """An event that must come before the place it is said to be at."""
    trips: dict[str, Claim] = {}
    for claim in claims:
        if claim.relation in {Relation.TRIP_LENGTH, Relation.DURATION} and claim.path is Path.RAIL:
            trips.setdefault(claim.span.article, claim)
    for claim in claims:
        check = _check(claim, Facet.ORDER)
        if check is None or check.computed is None:
            continue
        trip = trips.get(claim.span.article)
        yield CrossCheck(
            (claim.id, trip.id) if trip else (claim.id,),
            "order of events",
            quoted(claim.quote, *([trip.quote] if trip else ())),
            kilometres(check.computed),
            _JUDGEMENT.get(check.verdict, "unverifiable"),
            check.reason,
        )


def _vector_ends(claim: Claim, evidence: Evidence) -> tuple[GazetteerEntry, GazetteerEntry] | None:
    """Return subject and reference of a claim with distance and direction."""
    if claim.direction is None or claim.quantity is None or claim.quantity.dimension is not Dimension.LENGTH:
        return None
    subject, reference = evidence.entry(claim.subject), evidence.entry(claim.reference)
    if subject is None or reference is None or not {subject.feature, reference.feature} <= POINT_LIKE:
        return None
    return subject, reference


def _check(claim: Claim, facet: Facet) -> Check | None:
    return next((check for check in claim.checks if check.facet is facet), None)
