"""At a border, on a coast, in a country, near a place, between two: yes or no, by real geometry."""

from __future__ import annotations

from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Verdict
from gazetteer.claims.cues import cue_pattern
from gazetteer.claims.distances import DETOUR_LIMIT, centre_distance_km, disputed_ground
from gazetteer.claims.evidence import POINT_LIKE, Evidence, extent_km
from gazetteer.claims.phrasing import kilometres, measured, number, sentence
from gazetteer.claims.tolerance import Tolerance
from gazetteer.claims.vocabulary import words_in
from gazetteer.claims.weighing import Weighed, left_open
from gazetteer.outlines.borders import is_landlocked
from gazetteer.outlines.disputed import disputed_at
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.wording import Wording

_AT_KM: Final = (15.0, 30.0, 75.0)
"""`an der Grenze`, `an der Küste`: holds, holds loosely, fails beyond; between is open."""

_NEAR_KM: Final = (30.0, 60.0, 300.0)
"""`nahe`, `in der Nähe von`: the same."""

_IN_KM: Final = 50.0
"""A place this far outside a country is plainly not in it."""

_DETOUR_BETWEEN: Final = (1.2, 1.5)
"""How much longer the way over the place between may be: holds, holds loosely."""

_MAP: Final = Wording("Natural Earth 1:10 Mio.", "Natural Earth 1:10 million")


def border_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry | None, evidence: Evidence
) -> Weighed | None:
    """Measure how far a place lies from the border it is said to lie on."""
    # Of the borders of regions and districts we have no lines.
    of_country = reference is not None and reference.feature is Feature.COUNTRY
    if reference is None or not of_country or subject.country is None or reference.country is None:
        return None
    if subject.feature is Feature.COUNTRY:
        return neighbours_check(subject, reference, evidence)
    borders, own, other = evidence.borders, subject.country, reference.country
    if disputed_at(subject.position) is not None:
        return _disputed(Facet.PROXIMITY, subject, evidence)
    # "the Russian border" said of a Russian town is any of Russia's borders.
    away_km = (
        borders.distance_to_border_km(subject.position, own)
        if borders.same_ground(own, other)
        else borders.distance_to_border_km(subject.position, own, other)
    )
    name = evidence.label(reference)
    if away_km is None:
        clause = Wording(
            f"{evidence.label(subject).de} liegt in einem Land ohne diese Landgrenze ({name.de})",
            f"{evidence.label(subject).en} lies in a country without a land border to {name.en}",
        )
        check = Check(Facet.PROXIMITY, None, None, "km", None, Verdict.UNVERIFIABLE, sentence(clause))
        return Weighed(check, clause)
    if claim.quantity is not None and claim.quantity.dimension is Dimension.LENGTH:
        return _stated_distance(claim.quantity, away_km, subject, Wording("der Grenze", "the border"))
    return _within(
        subject, away_km, _AT_KM, evidence, Wording(f"der Grenze ({name.de})", f"the border of {name.en}")
    )


def across_border_check(subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence) -> Weighed:
    """Tell whether two places face each other over a border: `just across the border from San Diego`."""
    names, apart_km = (
        (evidence.label(subject), evidence.label(reference)),
        centre_distance_km(subject, reference),
    )
    own, other = subject.country or "", reference.country or ""
    away_km = evidence.borders.distance_to_border_km(subject.position, own, other) if own != other else None
    is_open = away_km is None or disputed_at(subject.position) is not None
    verdict = (
        Verdict.UNVERIFIABLE
        if is_open or away_km is None
        else Verdict.HOLDS
        if away_km <= _AT_KM[1] and apart_km <= _NEAR_KM[1]
        else Verdict.FAILS
        if away_km > _AT_KM[2] + extent_km(subject)
        else Verdict.UNVERIFIABLE
    )
    if away_km is None:
        clause = Wording(
            f"zwischen {names[0].de} und {names[1].de} kennen wir keine Landesgrenze",
            f"between {names[0].en} and {names[1].en} we know of no border of countries",
        )
    else:
        lengths = measured(away_km, "km"), measured(apart_km, "km")
        clause = Wording(
            f"{names[0].de} liegt {lengths[0].de} von der Grenze, {lengths[1].de} von {names[1].de} entfernt",
            f"{names[0].en} lies {lengths[0].en} from the border and {lengths[1].en} from {names[1].en}",
        )
    check = Check(Facet.PROXIMITY, None, away_km, "km", None, verdict, sentence(clause))
    return Weighed(check, clause)


def coast_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry | None, evidence: Evidence
) -> Weighed:
    """Measure how far a place lies from the sea."""
    if reference is not None and reference.feature_code in _LAKES and claim.quantity is None:
        found = _at_lake(subject, reference, evidence)
        is_open = found.check.verdict is Verdict.FAILS and _is_adjacent(claim)
        return _open(Facet.PROXIMITY, found.check.computed, found.clause) if is_open else found
    country = reference.country if reference and reference.feature is Feature.COUNTRY else None
    away_km = evidence.borders.distance_to_coast_km(subject.position, country)
    if away_km is None:
        away_km = evidence.borders.distance_to_coast_km(subject.position) or 0.0
    if claim.quantity is not None and claim.quantity.dimension is Dimension.LENGTH:
        return _stated_distance(claim.quantity, away_km, subject, Wording("der Küste", "the coast"))
    found = _within(subject, away_km, _AT_KM, evidence, Wording("der Küste", "the coast"))
    if reference is not None and reference.feature is Feature.WATER:
        return _at_sea(claim, subject, reference, found, evidence)
    if country is not None and is_landlocked(country) and found.check.verdict is Verdict.FAILS:
        return _open(Facet.PROXIMITY, away_km, found.clause)  # the coast of a lake may be meant
    return left_open(found) if _names_sea(claim, evidence) else found


def _at_sea(
    claim: Claim, subject: GazetteerEntry, sea: GazetteerEntry, found: Weighed, evidence: Evidence
) -> Weighed:
    """Tell of a place at the coast whether it may be that of the sea named."""
    away_km = found.check.computed
    if found.check.verdict is Verdict.FAILS:
        # The shore of a lake or river is not on the map of seas; and of `Leute aus Wien an der Adria` the
        # words may belong together otherwise.
        is_sure = sea.feature_code in _SEAS and not _is_adjacent(claim)
        return found if is_sure else _open(Facet.PROXIMITY, away_km, found.clause)
    if sea.extent_km is not None and centre_distance_km(subject, sea) > _SEA_REACH * sea.extent_km + _SEA_KM:
        water = evidence.label(sea)
        clause = Wording(
            f"{found.clause.de}; ob das die genannte ist ({water.de}), geben unsere Umrisse nicht her",
            f"{found.clause.en}; whether that is the {water.en} does not follow from our outlines",
        )
        return _open(Facet.PROXIMITY, away_km, clause)
    return found


def _names_sea(claim: Claim, evidence: Evidence) -> bool:
    """Tell whether the coast is that of a sea, whose shores we do not have: `the Atlantic coast of X`."""
    reading = evidence.readings.get(claim.span.article)
    if reading is None:
        return False
    seas = cue_pattern(reading.article.language, "coast", "seas")
    return seas.search(reading.article.text, claim.span.start, claim.span.end) is not None


def _is_adjacent(claim: Claim) -> bool:
    """Tell whether no verb stands between the place and what is said of it: `Wien am Wörthersee`."""
    return claim.subject is not None and claim.span.start == claim.subject.span.start


_SEAS: Final = frozenset({"SEA", "OCN", "GULF"})
_LAKES: Final = frozenset({"LK", "LKS"})
_SEA_REACH: Final = 1.6
_SEA_KM: Final = 150.0
"""How far from a sea's middle its shores may be: this many times its radius, and this much more."""

_LAKE_REACH: Final = (1.3, 2.0, 4.0)
_LAKE_KM: Final = (10.0, 25.0, 100.0)
"""The same of a lake, for holds, holds loosely, fails beyond; lakes are long, and their size is rounded."""


def _at_lake(subject: GazetteerEntry, lake: GazetteerEntry, evidence: Evidence) -> Weighed:
    """Hold a place on a lake against the lake's middle and size; its shores are not on our map."""
    away_km, reach_km = centre_distance_km(subject, lake), extent_km(lake)
    limits = [share * reach_km + more for share, more in zip(_LAKE_REACH, _LAKE_KM, strict=True)]
    verdict = (
        Verdict.HOLDS
        if away_km <= limits[0]
        else Verdict.HOLDS_LOOSELY
        if away_km <= limits[1]
        else Verdict.FAILS
        if away_km > limits[2] + extent_km(subject)
        else Verdict.UNVERIFIABLE
    )
    names = evidence.label(subject), evidence.label(lake)
    away, reach = kilometres(away_km), kilometres(reach_km)
    clause = Wording(
        f"{names[0].de} liegt {away.de} von der Mitte des Gewässers ({names[1].de}), das von dort etwa "
        f"{reach.de} weit reicht",
        f"{names[0].en} lies {away.en} from the middle of {names[1].en}, which reaches about {reach.en} "
        "from there",
    )
    check = Check(Facet.PROXIMITY, None, away_km, "km", None, verdict, sentence(clause), limits[0] - away_km)
    return Weighed(check, clause)


def proximity_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Measure how far apart two places are that are said to be near each other."""
    if claim.quantity is not None or subject.feature not in POINT_LIKE:
        return None
    label = evidence.label(reference)
    if reference.feature is Feature.COUNTRY and reference.country:
        away = evidence.borders.distance_to_country_km(subject.position, reference.country)
        ground = Wording(f"der Landesgrenze ({label.de})", label.en)
        return None if away is None else _within(subject, away, _NEAR_KM, evidence, ground)
    if reference.feature not in POINT_LIKE:
        return None
    away_km = max(0.0, centre_distance_km(subject, reference) - extent_km(reference))
    return _within(subject, away_km, _NEAR_KM, evidence, label)


def containment_check(
    subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Tell whether a place lies in a country, region or town: yes, not to be said, or clearly not."""
    names = evidence.label(subject), evidence.label(reference)
    holds = Wording(
        f"{names[0].de} liegt im genannten Gebiet ({names[1].de})",
        f"{names[0].en} lies within the area named ({names[1].en})",
    )
    if reference.feature is Feature.COUNTRY and reference.country and subject.country:
        return _in_country(subject, reference, evidence, holds)
    reach_km = extent_km(reference)
    apart_km = centre_distance_km(subject, reference)
    same_unit = (
        reference.feature is Feature.REGION
        and subject.admin1 is not None
        and (subject.country, subject.admin1) == (reference.country, reference.admin1)
    )
    if same_unit or apart_km <= reach_km + (2.0 if reference.feature is Feature.CITY else 0.0):
        return Weighed(Check(Facet.CONTAINMENT, None, None, "", None, Verdict.HOLDS, sentence(holds)), holds)
    clause = Wording(
        f"ob {names[0].de} zu {names[1].de} gehört, geht aus unseren Umrissen nicht hervor",
        f"whether {names[0].en} belongs to {names[1].en} does not follow from our outlines",
    )
    return Weighed(
        Check(Facet.CONTAINMENT, None, None, "", None, Verdict.UNVERIFIABLE, sentence(clause)), clause
    )


def between_check(
    claim: Claim,
    subject: GazetteerEntry,
    one: GazetteerEntry,
    other: GazetteerEntry,
    evidence: Evidence,
) -> Weighed | None:
    """Tell whether a place lies between two others, by the detour of the way over it.

    Of `halfway` the shares of both parts count too; only what is far off that way plainly fails.
    """
    if not {subject.feature, one.feature, other.feature} <= POINT_LIKE:
        return None
    straight_km = centre_distance_km(one, other)
    first_km, second_km = centre_distance_km(one, subject), centre_distance_km(subject, other)
    if straight_km == 0.0 or first_km + second_km == 0.0:
        return None
    factor = (first_km + second_km) / straight_km
    way = evidence.rail_way(one, other) if factor > _DETOUR_BETWEEN[0] else None
    on_the_line = way is not None and first_km + second_km <= way.length_km
    verdict = (
        Verdict.HOLDS
        if factor <= _DETOUR_BETWEEN[0]
        else Verdict.HOLDS_LOOSELY
        if factor <= _DETOUR_BETWEEN[1] or on_the_line
        else Verdict.UNVERIFIABLE
    )
    clause = Wording(
        f"über {evidence.label(subject).de} ist es {number(factor, digits=2).de}-mal so weit wie geradeaus",
        f"by way of {evidence.label(subject).en} it is {number(factor, digits=2).en} times as far as "
        "straight on",
    )
    if words_in(claim.quote, "halfway"):
        verdict = _halfway(verdict, factor, first_km / (first_km + second_km))
        parts = kilometres(first_km), kilometres(second_km)
        clause = Wording(
            f"{clause.de}, die Teile messen {parts[0].de} und {parts[1].de}",
            f"{clause.en}, the parts are {parts[0].en} and {parts[1].en}",
        )
    check = Check(
        Facet.TOPOLOGY, 1.0, factor, "", None, verdict, sentence(clause), _DETOUR_BETWEEN[0] - factor
    )
    return Weighed(check, clause)


def _halfway(verdict: Verdict, factor: float, share: float) -> Verdict:
    off = abs(share - 0.5)
    if factor > _NOT_BETWEEN:
        return Verdict.FAILS
    if verdict is Verdict.UNVERIFIABLE or off > _HALFWAY[1]:
        return Verdict.UNVERIFIABLE
    return verdict if off <= _HALFWAY[0] else Verdict.HOLDS_LOOSELY


_HALFWAY: Final = (0.1, 0.2)
"""How far from the middle, as a share of the way, `halfway` holds and holds loosely."""

_NOT_BETWEEN: Final = 2.0
"""A place by way of which it is this many times as far lies halfway on no map."""


def closer_check(
    subject: GazetteerEntry, nearer: GazetteerEntry, farther: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Hold `closer to A than to B` against both distances, in a straight line."""
    near_km, far_km = (_away_km(subject, place, evidence) for place in (nearer, farther))
    if near_km is None or far_km is None:
        return None
    reach_km = sum(extent_km(one) for one in (subject, nearer, farther) if one.feature in POINT_LIKE)
    verdict = (
        Verdict.HOLDS
        if near_km < far_km
        else Verdict.FAILS
        if near_km > DETOUR_LIMIT * far_km + reach_km
        else Verdict.UNVERIFIABLE
    )
    names = evidence.label(nearer), evidence.label(farther)
    lengths = kilometres(near_km), kilometres(far_km)
    clause = Wording(
        f"bis {names[0].de} sind es {lengths[0].de}, bis {names[1].de} {lengths[1].de} Luftlinie",
        f"to {names[0].en} it is {lengths[0].en}, to {names[1].en} {lengths[1].en} in a straight line",
    )
    check = Check(
        Facet.PROXIMITY,
        far_km,
        near_km,
        "km",
        near_km - far_km,
        verdict,
        sentence(clause),
        far_km - near_km,
    )
    return Weighed(check, clause)


def _away_km(subject: GazetteerEntry, place: GazetteerEntry, evidence: Evidence) -> float | None:
    """Return how far a place is from another's middle, or from the ground of another country."""
    if subject.feature not in POINT_LIKE:
        return None
    if place.feature is not Feature.COUNTRY or place.country is None:
        return centre_distance_km(subject, place) if place.feature in POINT_LIKE else None
    if subject.country is not None and evidence.borders.same_ground(subject.country, place.country):
        return None
    return evidence.borders.distance_to_country_km(subject.position, place.country)


def neighbours_check(a: GazetteerEntry, b: GazetteerEntry, evidence: Evidence) -> Weighed:
    """Tell whether two countries share a land or river border."""
    borders, names = evidence.borders, (evidence.label(a), evidence.label(b))
    touching = borders.are_neighbours(a.country or "", b.country or "")
    if not touching and any(one.country is not None and is_landlocked(one.country) for one in (a, b)):
        return _no_border(names)
    clause = (
        Wording(
            f"{names[0].de} und {names[1].de} haben eine gemeinsame Grenze",
            f"{names[0].en} and {names[1].en} share a border",
        )
        if touching
        else Wording(
            f"{names[0].de} und {names[1].de} haben keine Landgrenze; eine Seegrenze prüfen wir nicht",
            f"{names[0].en} and {names[1].en} share no land border; borders at sea are not checked",
        )
    )
    verdict = Verdict.HOLDS if touching else Verdict.UNVERIFIABLE
    return Weighed(Check(Facet.TOPOLOGY, None, None, "", None, verdict, sentence(clause)), clause)


def _no_border(names: tuple[Wording, Wording]) -> Weighed:
    """Say that two countries, one of them without a sea, do not meet."""
    clause = Wording(
        f"{names[0].de} und {names[1].de} haben keine gemeinsame Grenze",
        f"{names[0].en} and {names[1].en} share no border",
    )
    return Weighed(Check(Facet.TOPOLOGY, None, None, "", None, Verdict.FAILS, sentence(clause)), clause)


def no_coast_check(claim: Claim, reference: GazetteerEntry | None, evidence: Evidence) -> Weighed | None:
    """Tell that a country has no coast of the sea that is named; None where it has one, or none is named."""
    country = reference.country if reference is not None and reference.feature is Feature.COUNTRY else None
    if reference is None or country is None or not is_landlocked(country) or not _names_sea(claim, evidence):
        return None
    name = evidence.label(reference)
    clause = Wording(f"{name.de} hat keine Meeresküste", f"{name.en} has no sea coast")
    return Weighed(Check(Facet.TOPOLOGY, None, None, "", None, Verdict.FAILS, sentence(clause)), clause)


def _in_country(
    subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence, holds: Wording
) -> Weighed:
    borders, code = evidence.borders, reference.country or ""
    disputed = disputed_at(subject.position)
    if disputed is not None and code in disputed.claimants:
        return _disputed(Facet.CONTAINMENT, subject, evidence)
    if subject.country is not None and borders.same_ground(subject.country, code):
        return Weighed(Check(Facet.CONTAINMENT, None, None, "", None, Verdict.HOLDS, sentence(holds)), holds)
    away_km = borders.distance_to_country_km(subject.position, code)
    if away_km is None or subject.feature not in POINT_LIKE:
        return _open(Facet.CONTAINMENT, None, _unknown(subject, evidence))
    verdict = Verdict.FAILS if away_km > _IN_KM + extent_km(subject) else Verdict.UNVERIFIABLE
    label, there = evidence.label(subject), evidence.label(reference)
    clause = Wording(
        f"{label.de} liegt {kilometres(away_km).de} außerhalb ({there.de}; {_MAP.de})",
        f"{label.en} lies {kilometres(away_km).en} outside {there.en} ({_MAP.en})",
    )
    check = Check(
        Facet.CONTAINMENT, 0.0, away_km, "km", -away_km, verdict, sentence(clause), _IN_KM - away_km
    )
    return Weighed(check, clause)


def _within(
    subject: GazetteerEntry,
    away_km: float,
    limits_km: tuple[float, float, float],
    evidence: Evidence,
    thing: Wording,
) -> Weighed:
    edge_km = max(0.0, away_km - extent_km(subject))
    holds, loosely, fails = limits_km
    if subject.feature not in POINT_LIKE:
        # A country or region reaches further than its centre; only nearness can be told from that.
        fails = float("inf")
    verdict = (
        Verdict.HOLDS
        if edge_km <= holds
        else Verdict.HOLDS_LOOSELY
        if edge_km <= loosely
        else Verdict.FAILS
        if edge_km > fails
        else Verdict.UNVERIFIABLE
    )
    name, away = evidence.label(subject), measured(away_km, "km")
    clause = Wording(
        f"{name.de} liegt {away.de} von {thing.de} entfernt", f"{name.en} lies {away.en} from {thing.en}"
    )
    reason = Wording(f"{clause.de}: nächster Punkt, {_MAP.de}", f"{clause.en}: nearest point, {_MAP.en}")
    margin = loosely - edge_km if verdict is Verdict.HOLDS_LOOSELY else holds - edge_km
    check = Check(Facet.PROXIMITY, None, away_km, "km", None, verdict, sentence(reason), margin)
    return Weighed(check, clause)


def _stated_distance(quantity: Quantity, away_km: float, subject: GazetteerEntry, thing: Wording) -> Weighed:
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    verdict = tolerance.grade(away_km, uncertainty=extent_km(subject) + 2.0)
    if verdict is Verdict.FAILS and (away_km < tolerance.loose_low or subject.feature not in POINT_LIKE):
        # More than the nearest point: another stretch of it, or the way there, may be meant.
        verdict = Verdict.UNVERIFIABLE
    clause = Wording(
        f"bis zu {thing.de} sind es {kilometres(away_km).de}, gesagt sind {kilometres(stated_km).de}",
        f"to {thing.en} it is {kilometres(away_km).en}, stated is {kilometres(stated_km).en}",
    )
    reason = Wording(f"{clause.de} ({_MAP.de})", f"{clause.en} ({_MAP.en})")
    check = Check(
        Facet.DISTANCE,
        stated_km,
        away_km,
        "km",
        stated_km - away_km,
        verdict,
        sentence(reason),
        tolerance.margin(away_km),
    )
    return Weighed(check, clause)


def _disputed(facet: Facet, subject: GazetteerEntry, evidence: Evidence) -> Weighed:
    area = disputed_at(subject.position)
    if area is None:
        return _open(facet, None, _unknown(subject, evidence))
    clause = disputed_ground(evidence.label(subject), area)
    return _open(facet, None, clause)


def _unknown(subject: GazetteerEntry, evidence: Evidence) -> Wording:
    name = evidence.label(subject)
    return Wording(f"für {name.de} fehlt ein Umriss", f"there is no outline for {name.en}")


def _open(facet: Facet, away_km: float | None, clause: Wording) -> Weighed:
    check = Check(
        facet,
        None,
        away_km,
        "km" if away_km is not None else "",
        None,
        Verdict.UNVERIFIABLE,
        sentence(clause),
    )
    return Weighed(check, clause)
