"""What would make a claim true: other units, ways, places of the name, directions. Never a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Hypothesis, Path, Relation, Role, Verdict
from gazetteer.claims.distances import centre_distance_km
from gazetteer.claims.evidence import POINT_LIKE, Evidence, extent_km
from gazetteer.claims.phrasing import kilometres, measured, number
from gazetteer.claims.tolerance import Tolerance
from gazetteer.geodesy import angle_between_deg, initial_bearing_deg, rhumb_bearing_deg
from gazetteer.places.entries import Candidate, GazetteerEntry
from gazetteer.reading.intervals import converted_from
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.reading.units import UNITS
from gazetteer.wording import Wording

AT_MOST: Final = 4

_CLOSE: Final = 0.05
"""How near a reading must come to the computed length to be worth naming."""

_OTHER_UNITS: Final = {"km": ("mi", "nmi"), "mi": ("km", "nmi"), "nmi": ("km", "mi")}
_UNIT_NAMES: Final = {
    "km": Wording("Kilometer", "kilometres"),
    "mi": Wording("Meilen", "miles"),
    "nmi": Wording("Seemeilen", "nautical miles"),
}
_LENGTHS: Final = frozenset({Facet.DISTANCE, Facet.RAIL, Facet.ROAD, Facet.AIR_LINE})


def hypotheses(claim: Claim, evidence: Evidence) -> tuple[Hypothesis, ...]:
    """Return what would make a checked claim true, most plausible first; nothing where it holds."""
    if all(check.verdict is Verdict.HOLDS for check in claim.checks):
        return ()
    found = [*_of_length(claim, evidence), *_of_direction(claim, evidence), *_of_names(claim, evidence)]
    return tuple(sorted(found, key=lambda one: (-one.plausibility, one.kind))[:AT_MOST])


def fitting_namesake(claim: Claim, role: Role, evidence: Evidence) -> Candidate | None:
    """Return another place of the role's name with which distance and direction would hold."""
    other = _other_end(claim, role, evidence)
    if other is None:
        return None
    for candidate in evidence.namesakes(role)[:10]:
        if candidate.entry.feature in POINT_LIKE and _fits(claim, role, candidate.entry, other):
            return candidate
    return None


def has_fitting_rival(claim: Claim, role: Role, evidence: Evidence) -> bool:
    """Tell whether distance and direction would hold with another place that a phrase may stand for."""
    other = _other_end(claim, role, evidence)
    return other is not None and any(
        rival.feature in POINT_LIKE and _fits(claim, role, rival, other) for rival in evidence.rivals(role)
    )


def _other_end(claim: Claim, role: Role, evidence: Evidence) -> GazetteerEntry | None:
    """Return the one place a role is measured to or from; None where nothing is measured between two."""
    others = [
        other
        for one in (claim.subject, claim.reference, claim.origin)
        if one is not None and one != role and (other := evidence.entry(one)) is not None
    ]
    if len(others) != 1 or (claim.quantity is None and claim.direction is None):
        return None
    return others[0]


def _of_length(claim: Claim, evidence: Evidence) -> Iterator[Hypothesis]:
    quantity = claim.quantity
    if quantity is None or quantity.dimension is not Dimension.LENGTH:
        return
    lengths = [
        check
        for check in claim.checks
        if check.facet in _LENGTHS and check.computed and check.stated is not None
    ]
    wrong = [check for check in lengths if check.verdict is not Verdict.HOLDS]
    for check in wrong:
        yield from _units(quantity, check)
    if any(check.verdict is Verdict.HOLDS_LOOSELY for check in wrong) or wrong:
        yield from _conversion(quantity)
    places = _pair(claim, evidence)
    if places is None or not wrong:
        return
    yield from _city_limit(quantity, places, wrong)
    yield from _paths(claim, quantity, places, evidence)
    yield from _neighbour(claim, wrong, evidence)


def _units(quantity: Quantity, check: Check) -> Iterator[Hypothesis]:
    computed = check.computed or 0.0
    for unit in _OTHER_UNITS.get(quantity.unit, ()):
        read_km = quantity.value * UNITS[unit].factor / 1000.0
        off = abs(read_km - computed) / computed
        if off > _CLOSE:
            continue
        what = (
            Wording("zum Schienenweg", "the way by rail")
            if check.facet is Facet.RAIL
            else Wording("zur Luftlinie", "the straight line")
        )
        shown = number(quantity.value, digits=0 if quantity.value == round(quantity.value) else 1)
        yield Hypothesis(
            "unit",
            Wording(
                f"{shown.de} {_UNIT_NAMES[unit].de} ({kilometres(read_km).de}) statt "
                f"{_UNIT_NAMES[quantity.unit].de} passten {what.de} ({kilometres(computed).de}).",
                f"{shown.en} {_UNIT_NAMES[unit].en} ({kilometres(read_km).en}) instead of "
                f"{_UNIT_NAMES[quantity.unit].en} would fit {what.en} ({kilometres(computed).en}).",
            ),
            (0.8 if "nmi" not in {unit, quantity.unit} else 0.4) * (1.0 - off / _CLOSE * 0.4),
        )


def _conversion(quantity: Quantity) -> Iterator[Hypothesis]:
    origin = converted_from(quantity.value, quantity.unit)
    if origin is None:
        return
    rounder, unit = origin
    shown = measured(rounder, unit)
    own = measured(quantity.value, quantity.unit)
    yield Hypothesis(
        "conversion",
        Wording(
            f"{own.de} dürften umgerechnete {shown.de} sein, also so rund gemeint wie diese.",
            f"{own.en} is probably {shown.en} converted, and as round as that.",
        ),
        0.5,
    )


def _city_limit(
    quantity: Quantity, places: tuple[GazetteerEntry, GazetteerEntry], wrong: list[Check]
) -> Iterator[Hypothesis]:
    if not any(check.facet is Facet.DISTANCE and check.verdict is Verdict.FAILS for check in wrong):
        return
    reach_km, true_km = extent_km(places[0]) + extent_km(places[1]), centre_distance_km(*places)
    tolerance = Tolerance.of(quantity).scaled(0.001)
    nearest_km, farthest_km = max(0.0, true_km - reach_km), true_km + reach_km
    if tolerance.low <= farthest_km and nearest_km <= tolerance.high:
        yield Hypothesis(
            "city_limit",
            Wording(
                f"Von Rand zu Rand gemessen ({kilometres(nearest_km).de}) statt von Mitte zu Mitte passte "
                "es.",
                f"Measured from edge to edge ({kilometres(nearest_km).en}) instead of centre to centre it "
                "would fit.",
            ),
            0.45,
        )


def _paths(
    claim: Claim, quantity: Quantity, places: tuple[GazetteerEntry, GazetteerEntry], evidence: Evidence
) -> Iterator[Hypothesis]:
    tolerance = Tolerance.of(quantity).scaled(0.001)
    straight_km = centre_distance_km(*places)
    if claim.path in {Path.RAIL, Path.ROAD} or claim.relation is Relation.TRIP_LENGTH:
        if tolerance.grade(straight_km) is not Verdict.FAILS:
            yield Hypothesis(
                "path",
                Wording(
                    f"Als Luftlinie ({kilometres(straight_km).de}) statt als Weg passte es.",
                    f"As a straight line ({kilometres(straight_km).en}) instead of a way it would fit.",
                ),
                0.6,
            )
        return
    way = evidence.rail_way(*places)
    if way is not None and tolerance.grade(way.length_km) is not Verdict.FAILS:
        yield Hypothesis(
            "path",
            Wording(
                f"Auf der Schiene sind es {kilometres(way.length_km).de}: das passte.",
                f"By rail it is {kilometres(way.length_km).en}, which would fit.",
            ),
            0.6,
        )
    elif 1.1 * straight_km <= tolerance.high and tolerance.low <= 1.6 * straight_km:
        yield Hypothesis(
            "path",
            Wording("Gemeint sein könnte der Weg auf der Straße.", "The way by road may be meant."),
            0.35,
        )


def _neighbour(claim: Claim, wrong: list[Check], evidence: Evidence) -> Iterator[Hypothesis]:
    for other in evidence.companions(claim):
        quantity = other.quantity
        if quantity is None or quantity.dimension is not Dimension.LENGTH:
            continue
        other_km = quantity.si_value / 1000.0
        if any(
            check.computed and abs(other_km - check.computed) <= _CLOSE * check.computed for check in wrong
        ):
            yield Hypothesis(
                "neighbour",
                Wording(
                    f"Die Zahl eines Nachbarsatzteils ({kilometres(other_km).de}) passte hierher.",
                    f"A neighbouring figure ({kilometres(other_km).en}) would fit here.",
                ),
                0.3,
            )
            return


def _of_direction(claim: Claim, evidence: Evidence) -> Iterator[Hypothesis]:
    wrong = [
        check for check in claim.checks if check.facet is Facet.DIRECTION and check.verdict is Verdict.FAILS
    ]
    pair = _pair(claim, evidence)
    if pair and wrong and wrong[0].deviation is not None and wrong[0].deviation >= 180.0 - 22.5:
        first, second = (evidence.label(place) for place in pair)
        yield Hypothesis(
            "reversed",
            Wording(
                f"Umgekehrt passte es: von {first.de} aus gesehen liegt {second.de} in dieser Richtung.",
                f"The other way round it would fit: seen from {first.en}, {second.en} lies in this "
                "direction.",
            ),
            0.7,
        )


def _of_names(claim: Claim, evidence: Evidence) -> Iterator[Hypothesis]:
    if not any(check.verdict in {Verdict.FAILS, Verdict.UNVERIFIABLE} for check in claim.checks):
        return
    for role in (claim.subject, claim.reference, claim.origin):
        candidate = fitting_namesake(claim, role, evidence) if role else None
        if candidate is not None:
            name = evidence.label(candidate.entry)
            where = ", ".join(filter(None, (candidate.entry.admin1, candidate.entry.country)))
            yield Hypothesis(
                "namesake",
                Wording(
                    f"Mit einem anderen Ort des Namens, {name.de} ({where}), passte es.",
                    f"With another place of that name, {name.en} ({where}), it would fit.",
                ),
                min(0.9, 0.3 + candidate.score),
            )


def _fits(claim: Claim, role: Role, entry: GazetteerEntry, other: GazetteerEntry) -> bool:
    if entry.position == other.position or other.feature not in POINT_LIKE:
        return False
    if claim.quantity is not None:
        if claim.quantity.dimension is not Dimension.LENGTH:
            return False
        tolerance = Tolerance.of(claim.quantity).scaled(0.001)
        if tolerance.grade(centre_distance_km(entry, other)) is not Verdict.HOLDS:
            return False
    if claim.direction is None:
        return claim.quantity is not None
    subject, reference = (other, entry) if role == claim.reference else (entry, other)
    ends = reference.position, subject.position
    both = (initial_bearing_deg(*ends), rhumb_bearing_deg(*ends))
    return min(angle_between_deg(claim.direction.bearing_deg, bearing) for bearing in both) <= 45.0


def _pair(claim: Claim, evidence: Evidence) -> tuple[GazetteerEntry, GazetteerEntry] | None:
    first, second = evidence.entry(claim.origin or claim.subject), evidence.entry(claim.reference)
    if first is None or second is None or not {first.feature, second.feature} <= POINT_LIKE:
        return None
    return first, second
