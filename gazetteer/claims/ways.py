"""Lengths along a way: trips by rail, road or air, and whether a line is roundabout."""

from __future__ import annotations

from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Path, Verdict
from gazetteer.claims.distances import DETOUR_LIMIT, centre_distance_km, unmeasurable_area
from gazetteer.claims.evidence import POINT_LIKE, Evidence, Way, extent_km
from gazetteer.claims.phrasing import kilometres, number, percent, sentence
from gazetteer.claims.tolerance import Tolerance
from gazetteer.claims.vocabulary import words_in
from gazetteer.claims.weighing import Weighed
from gazetteer.places.entries import GazetteerEntry
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.wording import Wording

ROUNDABOUT: Final = 1.3
"""Rail over straight line from which a line counts as roundabout; 1.1 to 1.3 is how lines are built."""

_STRAIGHT: Final = 1.15
_OFFICIAL_SHARE: Final = 0.02  # how well an official length is known
_MEASURED_SHARE: Final = 0.05  # how well the drawn network measures, gaps and detours apart
_RAIL_DETOUR: Final = (1.05, 1.75)
_FLIGHT_DETOUR: Final = 1.25


def trip_checks(
    claim: Claim, origin: GazetteerEntry, destination: GazetteerEntry, evidence: Evidence
) -> tuple[Weighed, ...]:
    """Hold the length of a trip against the way meant, and beside it against the straight line."""
    quantity = claim.quantity
    if quantity is None or quantity.dimension is not Dimension.LENGTH:
        return ()
    if not {origin.feature, destination.feature} <= POINT_LIKE:
        wide = destination if destination.feature not in POINT_LIKE else origin
        return (unmeasurable_area(Facet.DISTANCE, quantity, evidence.label(wide)),)
    air = _air_line(quantity, origin, destination)
    if claim.path is Path.ROAD:
        return (_road(quantity, origin, destination), air)
    way = evidence.rail_way(origin, destination) if claim.path is not Path.AIR else None
    if claim.path is Path.RAIL:
        return (_rail(quantity, way, origin, destination), air)
    return (_any_way(claim, quantity, way, origin, destination),)


def shape_check(
    claim: Claim, origin: GazetteerEntry, destination: GazetteerEntry, evidence: Evidence
) -> Weighed | None:
    """Hold `umständlich` or `direkt`, said of a line, against its detour factor."""
    way = evidence.rail_way(origin, destination)
    roundabout = bool(words_in(claim.quote, "roundabout"))
    direct = not roundabout and bool(words_in(claim.quote, "straight"))
    if way is None or not (roundabout or direct):
        return None
    factor = way.detour_factor
    if roundabout:
        verdict = (
            Verdict.HOLDS
            if factor >= ROUNDABOUT
            else Verdict.HOLDS_LOOSELY
            if factor >= _STRAIGHT
            else Verdict.UNVERIFIABLE
        )
    else:
        verdict = (
            Verdict.HOLDS
            if factor <= _STRAIGHT
            else Verdict.HOLDS_LOOSELY
            if factor <= ROUNDABOUT
            else Verdict.UNVERIFIABLE
        )
    times = number(factor, digits=2)
    clause = Wording(
        f"{kilometres(way.length_km).de} auf der Schiene gegen {kilometres(way.geodesic_km).de} Luftlinie "
        f"({times.de}-mal so weit)",
        f"{kilometres(way.length_km).en} by rail against {kilometres(way.geodesic_km).en} in a straight line "
        f"({times.en} times as far)",
    )
    reason = _sourced(clause, way)
    limit = ROUNDABOUT if roundabout else _STRAIGHT
    margin = factor - limit if roundabout else limit - factor
    return Weighed(Check(Facet.PATH_SHAPE, limit, factor, "", None, verdict, reason, margin), clause)


def _rail(
    quantity: Quantity, way: Way | None, origin: GazetteerEntry, destination: GazetteerEntry
) -> Weighed:
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    straight_km = centre_distance_km(origin, destination)
    stated = kilometres(stated_km)
    if tolerance.loose_high < straight_km - extent_km(origin) - extent_km(destination):
        return _shorter_than_straight(Facet.RAIL, tolerance, stated_km, straight_km)
    if way is None:
        low, high = (straight_km * factor for factor in _RAIL_DETOUR)
        plausible = tolerance.low <= high and low <= tolerance.high
        clause = Wording(
            f"der Schienenweg ist hier nicht bekannt; bei {kilometres(straight_km).de} Luftlinie sind "
            f"{stated.de} {'möglich' if plausible else 'ungewöhnlich'}",
            f"the way by rail is not known here; for {kilometres(straight_km).en} in a straight line "
            f"{stated.en} is {'possible' if plausible else 'unusual'}",
        )
        verdict = Verdict.HOLDS_LOOSELY if plausible else Verdict.UNVERIFIABLE
        return Weighed(Check(Facet.RAIL, stated_km, None, "km", None, verdict, sentence(clause)), clause)
    share = _OFFICIAL_SHARE if way.official else _MEASURED_SHARE
    verdict = tolerance.grade(way.length_km, uncertainty=share * way.length_km)
    if verdict is Verdict.FAILS and _another_route_fits(tolerance, way):
        verdict = Verdict.UNVERIFIABLE
    off = (stated_km - way.length_km) / way.length_km
    rail = kilometres(way.length_km)
    clause = Wording(
        f"{stated.de} sind {percent(off).de} {'länger' if off > 0 else 'kürzer'} als der Schienenweg "
        f"({rail.de})",
        f"{stated.en} is {percent(off).en} {'longer' if off > 0 else 'shorter'} than the way by rail "
        f"({rail.en})",
    )
    if abs(off) < 0.005:
        clause = Wording(f"{stated.de} sind genau der Schienenweg", f"{stated.en} is exactly the way by rail")
    reason = _sourced(clause, way)
    check = Check(
        Facet.RAIL,
        stated_km,
        way.length_km,
        "km",
        stated_km - way.length_km,
        verdict,
        reason,
        tolerance.margin(way.length_km),
    )
    return Weighed(check, clause)


def _another_route_fits(tolerance: Tolerance, way: Way) -> bool:
    """Tell whether a length that is not that of our way may be that of another one.

    The shortest way over the network need not be the train's, and gaps make ways longer.
    """
    if way.official:
        return way.length_km < tolerance.loose_low <= DETOUR_LIMIT * way.length_km
    return 0.8 * way.length_km <= tolerance.loose_high and tolerance.loose_low <= DETOUR_LIMIT * way.length_km


def _air_line(quantity: Quantity, origin: GazetteerEntry, destination: GazetteerEntry) -> Weighed:
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    straight_km = centre_distance_km(origin, destination)
    verdict = tolerance.grade(straight_km)
    off = (stated_km - straight_km) / straight_km if straight_km else 0.0
    clause = Wording(
        f"die Luftlinie misst {kilometres(straight_km).de}",
        f"the straight line is {kilometres(straight_km).en}",
    )
    reason = Wording(
        f"{clause.de}; gesagt sind {percent(off).de} {'mehr' if off > 0 else 'weniger'}. Eine Fahrt ist "
        "länger "
        "als die Luftlinie: nur zur Auskunft.",
        f"{clause.en}; stated is {percent(off).en} {'more' if off > 0 else 'less'}. A trip is longer than "
        "the "
        "straight line: for information only.",
    )
    check = Check(
        Facet.AIR_LINE,
        stated_km,
        straight_km,
        "km",
        stated_km - straight_km,
        verdict,
        sentence(reason),
        tolerance.margin(straight_km),
    )
    return Weighed(check, clause, decides=False)


def _road(quantity: Quantity, origin: GazetteerEntry, destination: GazetteerEntry) -> Weighed:
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    straight_km = centre_distance_km(origin, destination)
    if tolerance.loose_high < straight_km - extent_km(origin) - extent_km(destination):
        return _shorter_than_straight(Facet.ROAD, tolerance, stated_km, straight_km)
    fits = tolerance.low <= DETOUR_LIMIT * straight_km and 1.1 * straight_km <= tolerance.high
    clause = Wording(
        f"{kilometres(stated_km).de} auf der Straße bei {kilometres(straight_km).de} Luftlinie: "
        + ("üblich" if fits else "ohne Straßennetz nicht zu prüfen"),
        f"{kilometres(stated_km).en} by road for {kilometres(straight_km).en} in a straight line: "
        + ("usual" if fits else "not to be checked without a road network"),
    )
    verdict = Verdict.HOLDS_LOOSELY if fits else Verdict.UNVERIFIABLE
    return Weighed(Check(Facet.ROAD, stated_km, None, "km", None, verdict, sentence(clause)), clause)


def _any_way(
    claim: Claim, quantity: Quantity, way: Way | None, origin: GazetteerEntry, destination: GazetteerEntry
) -> Weighed:
    """Judge a trip whose means is not said, or a flight: never shorter than straight, else kindly."""
    tolerance, stated_km = Tolerance.of(quantity).scaled(0.001), quantity.si_value / 1000.0
    straight_km = centre_distance_km(origin, destination)
    straight, stated = kilometres(straight_km), kilometres(stated_km)
    if tolerance.loose_high < straight_km - extent_km(origin) - extent_km(destination):
        return _shorter_than_straight(Facet.DISTANCE, tolerance, stated_km, straight_km)
    verdict = tolerance.grade(straight_km)
    limit = _FLIGHT_DETOUR if claim.path is Path.AIR else DETOUR_LIMIT
    if verdict is not Verdict.FAILS:
        clause = Wording(
            f"{stated.de} passen zur Luftlinie ({straight.de})",
            f"{stated.en} fits the straight line ({straight.en})",
        )
    elif way is not None and tolerance.grade(way.length_km) is not Verdict.FAILS:
        verdict = Verdict.HOLDS_LOOSELY
        rail = kilometres(way.length_km)
        clause = Wording(
            f"{stated.de} passen zum Schienenweg ({rail.de})", f"{stated.en} fits the way by rail ({rail.en})"
        )
    elif tolerance.low <= limit * straight_km:
        verdict = Verdict.HOLDS_LOOSELY
        clause = Wording(
            f"{stated.de} sind bei {straight.de} Luftlinie als Weg möglich",
            f"{stated.en} is possible as a way for {straight.en} in a straight line",
        )
    else:
        verdict = Verdict.UNVERIFIABLE
        clause = Wording(
            f"{stated.de} sind für {straight.de} Luftlinie viel; der Weg ist nicht bekannt",
            f"{stated.en} is much for {straight.en} in a straight line; the way is not known",
        )
    check = Check(
        Facet.DISTANCE,
        stated_km,
        straight_km,
        "km",
        stated_km - straight_km,
        verdict,
        sentence(clause),
        tolerance.margin(straight_km),
    )
    return Weighed(check, clause)


def _shorter_than_straight(
    facet: Facet, tolerance: Tolerance, stated_km: float, straight_km: float
) -> Weighed:
    clause = Wording(
        f"{kilometres(stated_km).de} sind weniger als die Luftlinie ({kilometres(straight_km).de}); "
        "kürzer ist kein Weg",
        f"{kilometres(stated_km).en} is less than the straight line ({kilometres(straight_km).en}); no way "
        "is shorter",
    )
    check = Check(
        facet,
        stated_km,
        straight_km,
        "km",
        stated_km - straight_km,
        Verdict.FAILS,
        sentence(clause),
        tolerance.margin(straight_km),
    )
    return Weighed(check, clause)


def _sourced(clause: Wording, way: Way) -> Wording:
    source = Wording(way.source.de.rstrip("."), way.source.en.rstrip("."))
    return sentence(Wording(f"{clause.de}; Quelle: {source.de}", f"{clause.en}; source: {source.en}"))
