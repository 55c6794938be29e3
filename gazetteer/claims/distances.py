"""Distance and direction between two places, along the straight line."""

from __future__ import annotations

from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Path, StatedDirection, Verdict
from gazetteer.claims.evidence import POINT_LIKE, Evidence, extent_km
from gazetteer.claims.phrasing import compass, joined, kilometres, measured, sentence
from gazetteer.claims.tolerance import Tolerance, grade_direction, spread_deg
from gazetteer.claims.weighing import Weighed
from gazetteer.errors import CoincidentPositionsError
from gazetteer.geodesy import (
    angle_between_deg,
    destination,
    geodesic_km,
    initial_bearing_deg,
    rhumb_bearing_deg,
)
from gazetteer.outlines.disputed import DisputedArea, disputed_at
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.wording import Wording

DETOUR_LIMIT: Final = 1.6
"""Ways by road and rail are rarely longer than this many times the straight line."""

_POSITION_KM: Final = 1.0  # how well the centre of a town is known
_EXTENT_RULES: Final = 0.4  # from this share of the distance on, the places' size decides, not their centres
_WIDE_SECTOR_DEG: Final = 67.5  # in which part of a country: three of eight winds


def distance_check(
    claim: Claim, subject: GazetteerEntry, reference: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Hold a stated distance against the geodesic; None where no length is stated."""
    quantity = claim.quantity
    if quantity is None or quantity.dimension is not Dimension.LENGTH:
        return None
    if subject.feature in _WITH_EDGES and reference.feature is Feature.COUNTRY and reference.country:
        return _to_country(quantity, subject, reference, evidence)
    if reference.feature in _WITH_EDGES and subject.feature is Feature.COUNTRY and subject.country:
        return _to_country(quantity, reference, subject, evidence)
    if {subject.feature, reference.feature} <= _WITH_EDGES and Feature.ISLAND in {
        subject.feature,
        reference.feature,
    }:
        return _to_island(quantity, subject, reference)
    if not {subject.feature, reference.feature} <= POINT_LIKE:
        wide = reference if reference.feature not in POINT_LIKE else subject
        return unmeasurable_area(Facet.DISTANCE, quantity, evidence.label(wide))
    return _between_centres(claim, quantity, subject, reference, evidence)


def direction_check(
    direction: StatedDirection,
    subject: GazetteerEntry,
    reference: GazetteerEntry,
    evidence: Evidence,
    *,
    quantity: Quantity | None = None,
) -> Weighed:
    """Hold a stated direction against the initial and the map bearing, the kinder one deciding.

    Where a length is stated too, the reason tells how far the point reckoned from both is off.
    """
    try:
        bearing, off = _kinder_bearing(direction.bearing_deg, reference.position, subject.position)
    except CoincidentPositionsError:
        bearing, off = 0.0, 0.0
    apart_km = geodesic_km(reference.position, subject.position)
    name, word = evidence.label(subject), compass(direction.bearing_deg)
    if {subject.feature, reference.feature} <= POINT_LIKE:
        wide_deg = spread_deg(apart_km, extent_km(subject) + extent_km(reference))
        verdict = grade_direction(off, direction.wind, distance_km=apart_km, spread_deg=wide_deg)
    else:
        wide_deg = 0.0
        verdict = Verdict.HOLDS_LOOSELY if off <= _WIDE_SECTOR_DEG else Verdict.UNVERIFIABLE
    degrees, true_word = measured(bearing, "deg"), compass(bearing)
    limit = 45.0 if len(direction.wind) < 3 else 22.5
    reason = Wording(
        f"Von {evidence.label(reference).de} aus liegt {name.de} bei {degrees.de} ({true_word.de}); gesagt "
        "ist "
        f"{word.de} ({measured(direction.bearing_deg, 'deg').de}), {measured(off, 'deg').de} daneben.",
        f"Seen from {evidence.label(reference).en}, {name.en} lies at {degrees.en} ({true_word.en}); "
        "stated is "
        f"{word.en} ({measured(direction.bearing_deg, 'deg').en}), {measured(off, 'deg').en} off.",
    )
    if verdict is Verdict.FAILS and off - wide_deg <= limit:
        reason = Wording(
            f"{reason.de} Knapp: allein die Ausdehnung der Orte macht {measured(wide_deg, 'deg').de} aus.",
            f"{reason.en} Borderline: the places' extents alone are worth {measured(wide_deg, 'deg').en}.",
        )
    reason = _with_miss(reason, quantity, direction, subject, reference)
    check = Check(
        Facet.DIRECTION, direction.bearing_deg, bearing, "deg", off, verdict, reason, margin=limit - off
    )
    return Weighed(check, *_direction_clause(verdict, name, degrees, true_word, word))


def _with_miss(
    reason: Wording,
    quantity: Quantity | None,
    direction: StatedDirection,
    subject: GazetteerEntry,
    reference: GazetteerEntry,
) -> Wording:
    if quantity is None or quantity.dimension is not Dimension.LENGTH or quantity.si_value > _REACH_M:
        return reason
    reckoned = destination(reference.position, direction.bearing_deg, quantity.si_value / 1000.0)
    miss = kilometres(geodesic_km(reckoned, subject.position))
    return Wording(
        f"{reason.de} Der so beschriebene Punkt verfehlt den Ort um {miss.de}.",
        f"{reason.en} The point so described misses the place by {miss.en}.",
    )


_REACH_M: Final = 10_000_000.0  # a quarter of the way round: beyond it no compass word describes a point


def centre_distance_km(a: GazetteerEntry, b: GazetteerEntry) -> float:
    """Return the geodesic distance between the centres of two places."""
    return geodesic_km(a.position, b.position)


def unmeasurable_area(facet: Facet, quantity: Quantity | None, name: Wording) -> Weighed:
    """Say that a wide area has no centre from which to measure."""
    clause = Wording(
        f"{name.de} ist eine Fläche ohne Mittelpunkt, von dem man messen könnte",
        f"{name.en} is an area without a centre to measure from",
    )
    stated = quantity.si_value / 1000.0 if quantity else None
    return Weighed(Check(facet, stated, None, "km", None, Verdict.UNVERIFIABLE, joined(clause, ".")), clause)


def disputed_ground(name: Wording, area: DisputedArea) -> Wording:
    """Say that a place lies on ground whose borders are not ours to draw."""
    return Wording(
        f"{name.de} liegt in einem umstrittenen Gebiet ({area.name_de}); wir entscheiden das nicht",
        f"{name.en} lies in a disputed area ({area.name_en}); that is not ours to decide",
    )


def _between_centres(
    claim: Claim,
    quantity: Quantity,
    subject: GazetteerEntry,
    reference: GazetteerEntry,
    evidence: Evidence,
) -> Weighed:
    true_km, stated_km = centre_distance_km(subject, reference), quantity.si_value / 1000.0
    tolerance = Tolerance.of(quantity).scaled(0.001).widened(min(_POSITION_KM, 0.1 * true_km))
    verdict = tolerance.grade(true_km)
    straight = kilometres(true_km)
    reason = Wording(
        f"Luftlinie von Mitte zu Mitte: {straight.de}; gesagt sind {kilometres(stated_km).de}.",
        f"Straight line from centre to centre: {straight.en}; stated is {kilometres(stated_km).en}.",
    )
    clause = contrast = None
    if verdict is Verdict.FAILS:
        verdict, note, clause = _kinder_reading(claim, tolerance, subject, reference, evidence)
        reason = Wording(f"{reason.de}{note.de}", f"{reason.en}{note.en}")
    if clause is None:
        clause, contrast = _distance_clause(verdict, straight, kilometres(stated_km), true_km < stated_km)
    check = _measured(stated_km, true_km, tolerance, verdict, reason)
    return Weighed(check, clause, contrast)


def _to_island(quantity: Quantity, subject: GazetteerEntry, reference: GazetteerEntry) -> Weighed:
    """Measure from the shore nearest to the shore farthest, as nobody counts from an island's middle."""
    stated_km = quantity.si_value / 1000.0
    true_km = centre_distance_km(subject, reference)
    reach_km = sum(_ROUGHLY * extent_km(one) for one in (subject, reference) if one.feature is Feature.ISLAND)
    nearest_km, farthest_km = max(0.0, true_km - reach_km), true_km + reach_km
    tolerance = Tolerance.of(quantity).scaled(0.001).widened(min(_POSITION_KM, 0.1 * true_km))
    nearest, farthest = kilometres(nearest_km), kilometres(farthest_km)
    verdict = tolerance.grade(true_km, uncertainty=reach_km)
    if verdict is Verdict.FAILS and nearest_km < stated_km <= DETOUR_LIMIT * farthest_km:
        verdict = Verdict.UNVERIFIABLE
    elif verdict is Verdict.HOLDS and reach_km > _EXTENT_RULES * true_km:
        verdict = Verdict.HOLDS_LOOSELY
    reason = Wording(
        f"Von Ufer zu Ufer sind es {nearest.de} bis {farthest.de}, je nachdem, von wo man misst; gesagt "
        f"sind {kilometres(stated_km).de}. Die Ausdehnung der Insel ist nur ungefähr bekannt.",
        f"From shore to shore it is {nearest.en} to {farthest.en}, depending on where one measures from; "
        f"stated is {kilometres(stated_km).en}. The size of the island is known only roughly.",
    )
    clause, contrast = _distance_clause(
        verdict, kilometres(true_km), kilometres(stated_km), true_km < stated_km
    )
    check = _measured(stated_km, true_km, tolerance, verdict, reason)
    return Weighed(check, clause, contrast)


_WITH_EDGES: Final = POINT_LIKE | {Feature.ISLAND}
_ROUGHLY: Final = 1.3
"""How much further than the radius of its area an island may reach from its middle."""


def _kinder_reading(
    claim: Claim,
    tolerance: Tolerance,
    subject: GazetteerEntry,
    reference: GazetteerEntry,
    evidence: Evidence,
) -> tuple[Verdict, Wording, Wording | None]:
    """Look for a reading that saves a distance which is not the air line.

    Returns:
        The verdict, what to add to the reason, and the clause where it is a special one.
    """
    true_km = centre_distance_km(subject, reference)
    straight = kilometres(true_km)
    reach_km = extent_km(subject) + extent_km(reference)
    nearest_km, farthest_km = max(0.0, true_km - reach_km), true_km + reach_km
    note = Wording("", "")
    if tolerance.loose_low <= farthest_km and nearest_km <= tolerance.loose_high:
        note = Wording(
            f" Von Rand zu Rand gemessen sind es {kilometres(nearest_km).de} bis "
            f"{kilometres(farthest_km).de}.",
            f" Measured from edge to edge it is {kilometres(nearest_km).en} to {kilometres(farthest_km).en}.",
        )
        if reach_km >= _EXTENT_RULES * true_km:
            clause = Wording(
                f"{straight.de} von Mitte zu Mitte, aber die Orte sind so ausgedehnt, dass es darauf "
                "ankommt, "
                "von wo man misst",
                f"{straight.en} from centre to centre, but the places are so wide that it depends on where "
                "one measures from",
            )
            return Verdict.UNVERIFIABLE, note, clause
    if claim.path is Path.AIR or not true_km < tolerance.loose_low <= DETOUR_LIMIT * true_km:
        return Verdict.FAILS, note, None
    way = evidence.rail_way(subject, reference)
    if way and tolerance.loose_low <= way.length_km <= tolerance.loose_high:
        rail = kilometres(way.length_km)
        clause = Wording(
            f"{straight.de} Luftlinie; auf der Schiene sind es {rail.de}, das passt",
            f"{straight.en} in a straight line; by rail it is {rail.en}, which fits",
        )
        return Verdict.HOLDS_LOOSELY, _more(note, clause), clause
    clause = Wording(
        f"die Luftlinie ({straight.de}) ist es nicht; ein Weg auf der Straße oder Schiene könnte so lang "
        "sein",
        f"it is not the straight line ({straight.en}); a way by road or rail could be that long",
    )
    return Verdict.UNVERIFIABLE, _more(note, clause), clause


def _more(note: Wording, clause: Wording) -> Wording:
    return Wording(f"{note.de} {_up(clause.de)}.", f"{note.en} {_up(clause.en)}.")


def _to_country(
    quantity: Quantity, place: GazetteerEntry, country: GazetteerEntry, evidence: Evidence
) -> Weighed:
    """Measure to the nearest ground of a country, or from inside it to its border."""
    code = country.country or ""
    borders, name = evidence.borders, evidence.label(country)
    inside = place.country is not None and borders.same_ground(place.country, code)
    if inside and place.feature is Feature.ISLAND:
        return _own_mainland(quantity, place, name, evidence)
    edge_km = (
        borders.distance_to_border_km(place.position, code)
        if inside
        else borders.distance_to_country_km(place.position, code)
    )
    disputed = disputed_at(place.position)
    if disputed is not None:
        clause = disputed_ground(evidence.label(place), disputed)
        stated = quantity.si_value / 1000.0
        open_check = Check(Facet.DISTANCE, stated, None, "km", None, Verdict.UNVERIFIABLE, sentence(clause))
        return Weighed(open_check, clause)
    if edge_km is None:
        return unmeasurable_area(Facet.DISTANCE, quantity, name)
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    verdict = tolerance.grade(edge_km, uncertainty=extent_km(place) + 2.0)
    is_island = place.feature is Feature.ISLAND
    if verdict is Verdict.FAILS and is_island and stated_km > _SHORE_SHARE * edge_km:
        verdict = Verdict.UNVERIFIABLE  # islets off either coast, and which of its shores, decide
    if verdict is Verdict.FAILS and (inside or edge_km < tolerance.loose_low):
        # Whoever is inside may mean another border, and whoever says more may mean a way or a crossing.
        verdict = Verdict.UNVERIFIABLE
    reason = Wording(
        f"Bis zur Landesgrenze ({name.de}) sind es {kilometres(edge_km).de} (Natural Earth 1:10 Mio.); "
        f"gesagt sind {kilometres(stated_km).de}.",
        f"To the border of {name.en} it is {kilometres(edge_km).en} (Natural Earth 1:10 million); "
        f"stated is {kilometres(stated_km).en}.",
    )
    clause, contrast = _distance_clause(
        verdict, kilometres(edge_km), kilometres(stated_km), edge_km < stated_km
    )
    if is_island and verdict is not Verdict.FAILS:
        clause, contrast = _from_island(edge_km, extent_km(place)), None
    check = _measured(stated_km, edge_km, tolerance, verdict, reason)
    return Weighed(check, clause, contrast)


_SHORE_SHARE: Final = 0.7


def _from_island(middle_km: float, reach_km: float) -> Wording:
    middle, reach = kilometres(middle_km), kilometres(reach_km)
    return Wording(
        f"{middle.de} von der Mitte der Insel, die ungefähr {reach.de} weit reicht",
        f"{middle.en} from the middle of the island, which reaches about {reach.en} from there",
    )


def _own_mainland(quantity: Quantity, island: GazetteerEntry, name: Wording, evidence: Evidence) -> Weighed:
    """Say that an island belongs to the country from which it is counted."""
    label = evidence.label(island)
    clause = Wording(
        f"{label.de} gehört selbst zu diesem Land ({name.de}); von welchem Ufer an gezählt wird, steht "
        "nicht fest",
        f"{label.en} itself belongs to {name.en}; from which of its shores one counts is open",
    )
    stated = quantity.si_value / 1000.0
    check = Check(Facet.DISTANCE, stated, None, "km", None, Verdict.UNVERIFIABLE, sentence(clause))
    return Weighed(check, clause)


def _measured(
    stated_km: float, true_km: float, tolerance: Tolerance, verdict: Verdict, reason: Wording
) -> Check:
    off_km = stated_km - true_km
    margin = tolerance.margin(true_km)
    return Check(Facet.DISTANCE, stated_km, true_km, "km", off_km, verdict, reason, margin=margin)


def _kinder_bearing(stated_deg: float, origin: LatLon, end: LatLon) -> tuple[float, float]:
    both = (initial_bearing_deg(origin, end), rhumb_bearing_deg(origin, end))
    bearing = min(both, key=lambda one: angle_between_deg(stated_deg, one))
    return bearing, angle_between_deg(stated_deg, bearing)


def _distance_clause(
    verdict: Verdict,
    true: Wording,
    stated: Wording,
    shorter: bool,  # noqa: FBT001
) -> tuple[Wording, Wording | None]:
    if verdict is Verdict.HOLDS:
        return Wording(f"{true.de}, also gerundet richtig", f"{true.en}, so right when rounded"), Wording(
            f"die Entfernung stimmt aber: {true.de}", f"but the distance is right: {true.en}"
        )
    if verdict is Verdict.HOLDS_LOOSELY:
        return Wording(f"{true.de}, also ungefähr richtig", f"{true.en}, so roughly right"), None
    if verdict is Verdict.UNVERIFIABLE:
        return Wording(
            f"gemessen {true.de}; ob das gemeint ist, steht nicht fest",
            f"{true.en} as measured; whether that is meant is open",
        ), None
    less = Wording("nur", "only") if shorter else Wording("", "")
    return (
        Wording(
            f"es sind {_gap(less.de)}{true.de}, nicht {stated.de}",
            f"it is {_gap(less.en)}{true.en}, not {stated.en}",
        ),
        Wording(
            f"es sind aber {_gap(less.de)}{true.de}, nicht {stated.de}",
            f"but it is {_gap(less.en)}{true.en}, not {stated.en}",
        ),
    )


def _direction_clause(
    verdict: Verdict, name: Wording, degrees: Wording, true_word: Wording, word: Wording
) -> tuple[Wording, Wording | None]:
    true = Wording(f"{true_word.de} ({degrees.de})", f"{true_word.en} ({degrees.en})")
    if verdict is Verdict.HOLDS:
        return Wording(
            f"die Richtung stimmt ({degrees.de})", f"the direction is right ({degrees.en})"
        ), Wording(f"die Richtung stimmt aber ({degrees.de})", f"but the direction is right ({degrees.en})")
    if verdict is Verdict.HOLDS_LOOSELY:
        return Wording(
            f"die Richtung ({degrees.de}) ist nur ungefähr {word.de}",
            f"the direction ({degrees.en}) is only roughly {word.en}",
        ), None
    if verdict is Verdict.UNVERIFIABLE:
        return Wording(
            f"ob {word.de} stimmt, ist hier eine Frage der Karte oder der Ausdehnung ({degrees.de})",
            f"whether {word.en} is right is a matter of map or extent here ({degrees.en})",
        ), None
    return (
        Wording(f"{name.de} liegt {true.de}, nicht {word.de}", f"{name.en} lies {true.en}, not {word.en}"),
        Wording(
            f"{name.de} liegt aber {true.de}, nicht {word.de}", f"but {name.en} lies {true.en}, not {word.en}"
        ),
    )


def _gap(word: str) -> str:
    return f"{word} " if word else ""


def _up(words: str) -> str:
    return words[:1].upper() + words[1:]
