"""Claims of several articles about one thing: the same speed, the same pair of places, the same number."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from gazetteer.claims.claim import Claim, CrossCheck, Path, Relation
from gazetteer.claims.distances import centre_distance_km
from gazetteer.claims.evidence import POINT_LIKE, Evidence
from gazetteer.claims.phrasing import measured, number, quoted
from gazetteer.claims.timing import speeds_agree
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.units import UNITS
from gazetteer.wording import Wording

MILE_IN_KM: Final = 1.609344

_SAME_NUMBER: Final = 0.02
_MILE_SHARE: Final = 0.01
_NAMED_AT_MOST: Final = 6  # claims listed in one cross-check
_GROUPS_AT_MOST: Final = 12  # different statements about one pair that are compared with each other
_ALONG: Final = frozenset({Path.RAIL, Path.ROAD})

Pair = tuple[str, str]


def speed_agreements(
    claims: Iterable[Claim], partners_of: dict[str, tuple[Claim, ...]]
) -> Iterator[CrossCheck]:
    """Hold the speeds of different articles against each other: `37 mph` and `59 km/h`.

    Args:
        claims: Speeds, in any order.
        partners_of: Per claim id, speeds of other articles about the same traveller, nearest first.
    """
    told: set[tuple[str, ...]] = set()
    for claim in claims:
        for other in partners_of.get(claim.id, ())[:1]:
            ids = tuple(sorted((claim.id, other.id)))
            if ids in told or claim.quantity is None or other.quantity is None:
                continue
            told.add(ids)
            first, second = (claim, other) if claim.id == ids[0] else (other, claim)
            yield _speeds(ids, first, second)


def same_places(claims: Iterable[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    """Hold lengths stated between the same two places against each other."""
    by_pair: defaultdict[Pair, list[Claim]] = defaultdict(list)
    for claim in claims:
        pair = _pair(claim, evidence)
        if pair is not None and claim.quantity and claim.quantity.dimension is Dimension.LENGTH:
            by_pair[pair].append(claim)
    for pair, held in by_pair.items():
        if len(held) > 1:
            yield from _one_pair(pair, held, evidence)


def _speeds(ids: tuple[str, ...], first: Claim, second: Claim) -> CrossCheck:
    one, other = first.quantity, second.quantity
    if one is None or other is None:
        raise AssertionError(ids)
    agree = speeds_agree(one, other)
    stated = quoted(first.quote, second.quote)
    computed = Wording(
        f"{measured(one.si_value * 3.6, 'km/h').de} und {measured(other.si_value * 3.6, 'km/h').de}",
        f"{measured(one.si_value * 3.6, 'km/h').en} and {measured(other.si_value * 3.6, 'km/h').en}",
    )
    reason = (
        Wording(
            "Umgerechnet und gerundet ist das dieselbe Zahl.", "Converted and rounded it is the same number."
        )
        if agree
        else Wording(
            "Die Zahlen liegen auseinander, können aber für verschiedene Strecken gelten.",
            "The numbers differ, but may be meant for different stretches.",
        )
    )
    return CrossCheck(ids, "unit conversion", stated, computed, "agree" if agree else "unverifiable", reason)


def _one_pair(pair: Pair, claims: Sequence[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    groups: dict[tuple[float, str, bool], list[Claim]] = {}
    for claim in claims:
        if claim.quantity is not None:
            key = (claim.quantity.value, claim.quantity.unit, _is_along(claim))
            groups.setdefault(key, []).append(claim)
    ordered = sorted(groups.values(), key=lambda one: (_length_km(one[0]), one[0].id))[:_GROUPS_AT_MOST]
    straight_km = _straight_km(pair, evidence)
    by_number = sorted(
        ordered, key=lambda one: (one[0].quantity.value if one[0].quantity else 0.0, one[0].id)
    )
    for first, second in pairwise(by_number):
        shorter, longer = sorted((first[0], second[0]), key=_length_km)
        yield from _suspicious(shorter, longer, straight_km)
    for kind in (False, True):
        alike = [group for group in ordered if _is_along(group[0]) is kind]
        yield from _alike(alike, evidence, pair)
    yield from _way_shorter(ordered, evidence, pair)


def _suspicious(first: Claim, second: Claim, straight_km: float | None) -> Iterator[CrossCheck]:
    """Find one number under two units: `680 km` and `683 miles` between the same places."""
    one, other = first.quantity, second.quantity
    if one is None or other is None or one.unit == other.unit or not one.value:
        return
    if abs(one.value - other.value) > _SAME_NUMBER * max(one.value, other.value):
        return
    ratio = _length_km(second) / straight_km if straight_km else 0.0
    mile = straight_km is not None and math.isclose(ratio, MILE_IN_KM, rel_tol=_MILE_SHARE)
    computed = Wording(
        f"{measured(_length_km(first), 'km').de} und {measured(_length_km(second), 'km').de}",
        f"{measured(_length_km(first), 'km').en} and {measured(_length_km(second), 'km').en}",
    )
    reason = Wording(
        f"Fast dieselbe Zahl in verschiedenen Einheiten ({_as_written(one).de}, {_as_written(other).de}): "
        "kein "
        "Widerspruch, solange verschiedene Wege gemeint sind.",
        f"Nearly the same number in different units ({_as_written(one).en}, {_as_written(other).en}): no "
        "contradiction as long as different ways are meant.",
    )
    if mile:
        reason = Wording(
            f"{reason.de} Das Verhältnis zur Luftlinie ({number(ratio, digits=3).de}) ist aber fast genau "
            "der "
            "Faktor von Meile zu Kilometer (1,609): Die Einheit könnte verwechselt sein.",
            f"{reason.en} But the ratio to the straight line ({number(ratio, digits=3).en}) is almost "
            "exactly "
            "that of mile to kilometre (1.609): the unit may have been mixed up.",
        )
    yield CrossCheck(
        (first.id, second.id),
        "same_number in different units",
        quoted(first.quote, second.quote),
        computed,
        "suspicious",
        reason,
    )


def _alike(groups: Sequence[list[Claim]], evidence: Evidence, pair: Pair) -> Iterator[CrossCheck]:
    """Compare lengths along the same kind of way."""
    names = _names(pair, evidence)
    for group in groups:
        articles = {claim.span.article for claim in group}
        if len(articles) > 1:
            chosen = group[:_NAMED_AT_MOST]
            yield CrossCheck(
                tuple(claim.id for claim in chosen),
                "same_pair",
                quoted(*(claim.quote for claim in chosen[:2])),
                measured(_length_km(group[0]), "km"),
                "agree",
                Wording(
                    f"{len(articles)} Artikel nennen für {names.de} dieselbe Zahl.",
                    f"{len(articles)} articles state the same number for {names.en}.",
                ),
            )
    for first, second in pairwise(groups):
        one, other = first[0].quantity, second[0].quantity
        if one is None or other is None:
            continue
        overlap = one.low <= other.high and other.low <= one.high
        # Rounded twice, by two writers: only what lies a tenth apart beyond that is a contradiction.
        apart = other.low > 1.1 * one.high or one.low > 1.1 * other.high
        verdict = "agree" if overlap else "contradiction" if apart else "unverifiable"
        yield CrossCheck(
            (first[0].id, second[0].id),
            "same_pair",
            quoted(first[0].quote, second[0].quote),
            Wording(
                f"{measured(_length_km(first[0]), 'km').de} und {measured(_length_km(second[0]), 'km').de}",
                f"{measured(_length_km(first[0]), 'km').en} and {measured(_length_km(second[0]), 'km').en}",
            ),
            verdict,
            Wording(
                f"Zwei Zahlen für {names.de}, die {_OUTCOME[verdict].de}.",
                f"Two numbers for {names.en} that {_OUTCOME[verdict].en}.",
            ),
        )


def _way_shorter(groups: Sequence[list[Claim]], evidence: Evidence, pair: Pair) -> Iterator[CrossCheck]:
    """Find a way that is said to be shorter than the straight line said of the same places."""
    straight = [group[0] for group in groups if not _is_along(group[0])]
    along = [group[0] for group in groups if _is_along(group[0])]
    if not straight or not along:
        return
    line, way = max(straight, key=_length_km), min(along, key=_length_km)
    if line.quantity is None or way.quantity is None or way.quantity.high >= 0.95 * line.quantity.low:
        return
    names = _names(pair, evidence)
    yield CrossCheck(
        (line.id, way.id),
        "same_pair",
        quoted(line.quote, way.quote),
        Wording(
            f"{measured(_length_km(line), 'km').de} und {measured(_length_km(way), 'km').de}",
            f"{measured(_length_km(line), 'km').en} and {measured(_length_km(way), 'km').en}",
        ),
        "contradiction",
        Wording(
            f"Der Weg zwischen {names.de} wäre kürzer als die genannte Entfernung.",
            f"The way between {names.en} would be shorter than the distance stated.",
        ),
    )


_OUTCOME: Final = {
    "agree": Wording("gerundet übereinstimmen", "agree when rounded"),
    "contradiction": Wording("nicht zusammenpassen", "do not fit together"),
    "unverifiable": Wording("nahe beieinander liegen", "lie close together"),
}


def _pair(claim: Claim, evidence: Evidence) -> Pair | None:
    if claim.relation not in {Relation.DISTANCE, Relation.TRIP_LENGTH, Relation.BETWEEN}:
        return None
    first, second = evidence.entry(claim.origin or claim.subject), evidence.entry(claim.reference)
    if first is None or second is None or first.id == second.id:
        return None
    return (min(first.id, second.id), max(first.id, second.id))


def _straight_km(pair: Pair, evidence: Evidence) -> float | None:
    first, second = evidence.place(pair[0]), evidence.place(pair[1])
    if first is None or second is None or not {first.feature, second.feature} <= POINT_LIKE:
        return None
    return centre_distance_km(first, second)


def _names(pair: Pair, evidence: Evidence) -> Wording:
    first, second = (evidence.place(one) for one in pair)
    if first is None or second is None:
        return Wording("dieselben Orte", "the same places")
    one, other = evidence.label(first), evidence.label(second)
    return Wording(f"{one.de} und {other.de}", f"{one.en} and {other.en}")


def _is_along(claim: Claim) -> bool:
    return claim.path in _ALONG or claim.relation is Relation.TRIP_LENGTH


def _length_km(claim: Claim) -> float:
    return claim.quantity.si_value / 1000.0 if claim.quantity else 0.0


def _as_written(quantity: Quantity) -> Wording:
    return measured(quantity.value, quantity.unit if quantity.unit in UNITS else "")
