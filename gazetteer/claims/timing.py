"""Durations and speeds: against the other numbers of the sentence, the way, the events and the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Final

from gazetteer.claims.claim import Check, Claim, Facet, Path, Relation, Verdict
from gazetteer.claims.distances import centre_distance_km
from gazetteer.claims.evidence import POINT_LIKE, Evidence
from gazetteer.claims.phrasing import measured, number, sentence
from gazetteer.claims.tolerance import Tolerance
from gazetteer.claims.weighing import Weighed
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey
from gazetteer.places.entries import GazetteerEntry
from gazetteer.positions import LatLon
from gazetteer.reading.quantities import Dimension, Quantity
from gazetteer.wording import Wording

STOPS_FACTOR: Final = 1.6
"""How much longer than distance over speed a trip may take: stops, slow stretches."""

SPEED_SHARE: Final = 0.03
"""By how much two stated speeds may differ beyond their rounding and still agree."""

_FASTEST_KMH: Final = {Path.RAIL: 360.0, Path.ROAD: 200.0, Path.AIR: 1200.0, Path.UNSPECIFIED: 1200.0}
_USUAL_KMH: Final = {
    Path.RAIL: (15.0, 300.0),
    Path.ROAD: (15.0, 120.0),
    Path.AIR: (250.0, 1000.0),
    Path.UNSPECIFIED: (3.0, 100.0),
}
_WINDING: Final = 1.6
_WINDING_KMH: Final = 110.0
"""No line for fast trains is this many times as long as the straight line; on others nobody is this fast."""

_AT_PLACE_KM: Final = 30.0
_ON_THE_WAY_SHARE: Final = 0.35  # an event this near the destination tells of the arrival
_VAGUE: Final = 1.5
"""Windows that leave more than this many times the stated duration open say nothing."""

_FIRM: Final = frozenset({Certainty.REPORTED, Certainty.EYEWITNESS})
_HOUR: Final = 3600.0


def duration_checks(
    claim: Claim, origin: GazetteerEntry | None, destination: GazetteerEntry | None, evidence: Evidence
) -> tuple[Weighed, ...]:
    """Hold a stated duration of a trip against sentence, events and way."""
    quantity = claim.quantity
    if quantity is None or quantity.dimension is not Dimension.DURATION:
        return ()
    internal = internal_check(claim, evidence)
    events = _events_check(claim, quantity, origin, destination, evidence)
    fits = internal is not None and internal.check.verdict is Verdict.HOLDS
    if fits and events is not None and events.check.verdict is Verdict.FAILS:
        # What a way takes by its own numbers and what it took this time are two things.
        events = None
    found = (internal, events, _mean_speed_check(claim, quantity, origin, destination, evidence))
    checks = tuple(one for one in found if one is not None)
    # Reported events tell more of the real duration than what a vehicle could do.
    if checks and any(one.check.facet is Facet.EXTERNAL for one in checks):
        checks = tuple(one for one in checks if one.check.facet is not Facet.DURATION)
    return checks


def internal_check(claim: Claim, evidence: Evidence) -> Weighed | None:
    """Hold a duration against length over speed, both from the same sentence."""
    sentence = (claim, *evidence.companions(claim))
    length = _first(sentence, Dimension.LENGTH, {Relation.TRIP_LENGTH, Relation.DISTANCE})
    speed = _first(sentence, Dimension.SPEED, {Relation.SPEED})
    duration = _first(sentence, Dimension.DURATION, {Relation.DURATION})
    if length is None or speed is None or duration is None or not duration.si_value or not speed.si_value:
        return None
    tolerance = Tolerance.of(duration).scaled(1 / _HOUR)
    hours, verdict = travel_hours(length, speed), Verdict.FAILS
    stated = duration.si_value / _HOUR
    shortest = length.low / speed.high / _HOUR if speed.high else 0.0
    longest = length.high / speed.low / _HOUR if speed.low else float("inf")
    if tolerance.low <= longest and shortest <= tolerance.high:
        verdict = Verdict.HOLDS
    elif tolerance.loose_low <= max(longest, STOPS_FACTOR * hours) and shortest <= tolerance.loose_high:
        verdict = Verdict.HOLDS_LOOSELY
    clause = Wording(
        f"nach den Zahlen desselben Satzes sind es {measured(hours, 'h').de}, nicht "
        f"{measured(stated, 'h').de} "
        f"({number(stated / hours, digits=1).de}-mal so viel)",
        f"by the same sentence's own numbers it is {measured(hours, 'h').en}, not {measured(stated, 'h').en} "
        f"({number(stated / hours, digits=1).en} times as much)",
    )
    if verdict is not Verdict.FAILS:
        clause = Wording(
            f"die Zahlen desselben Satzes ergeben {measured(hours, 'h').de}: das passt",
            f"the same sentence's own numbers give {measured(hours, 'h').en}, which fits",
        )
    reason = Wording(
        f"{_metres(length).de} durch {_speed(speed).de} sind {measured(hours, 'h').de}; gesagt sind "
        f"{measured(stated, 'h').de}.",
        f"{_metres(length).en} at {_speed(speed).en} is {measured(hours, 'h').en}; stated is "
        f"{measured(stated, 'h').en}.",
    )
    check = Check(
        Facet.INTERNAL, stated, hours, "h", stated - hours, verdict, reason, tolerance.margin(hours)
    )
    # A contradiction is charged to the duration: the speed and the length may both be right.
    agrees = claim.relation is Relation.SPEED and verdict is Verdict.HOLDS
    return Weighed(check, clause, decides=claim.relation is Relation.DURATION or agrees)


def travel_hours(length: Quantity, speed: Quantity) -> float:
    """Return distance over speed, in hours."""
    return length.si_value / speed.si_value / _HOUR


def speed_checks(claim: Claim, evidence: Evidence, partners: tuple[Claim, ...]) -> tuple[Weighed, ...]:
    """Hold a speed against the speeds that other articles state of the same traveller.

    Args:
        claim: A speed.
        evidence: For the sentence's other numbers.
        partners: The other claims about the same traveller's speed.
    """
    quantity = claim.quantity
    if quantity is None or quantity.dimension is not Dimension.SPEED:
        return ()
    internal = internal_check(claim, evidence)
    checks = [] if internal is None else [internal]
    agreeing = [other for other in partners if other.quantity and speeds_agree(quantity, other.quantity)]
    if agreeing and (other := agreeing[0].quantity) is not None:
        clause = Wording(
            f"{_speed(quantity).de}; ein anderer Artikel nennt {_speed(other).de}, das ist gerundet dasselbe",
            f"{_speed(quantity).en}; another article states {_speed(other).en}, which is the same when "
            "rounded",
        )
        own_kmh, other_kmh = quantity.si_value * 3.6, other.si_value * 3.6
        check = Check(
            Facet.CROSS_DOCUMENT,
            own_kmh,
            other_kmh,
            "km/h",
            own_kmh - other_kmh,
            Verdict.HOLDS,
            sentence(clause),
        )
        checks.insert(0, Weighed(check, clause))
    return tuple(checks)


def speeds_agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two stated speeds may be one, within rounding, hedges and a conversion."""
    slack = SPEED_SHARE * max(one.si_value, other.si_value)
    near = abs(one.si_value - other.si_value) <= 0.1 * max(one.si_value, other.si_value)
    return near and one.low - slack <= other.high and other.low - slack <= one.high


def interval_check(claim: Claim, reference: GazetteerEntry | None, evidence: Evidence) -> Weighed | None:
    """Hold `more than four years after ...` against the dates of events at the place named."""
    reading = evidence.readings.get(claim.span.article)
    if claim.quantity is None or claim.quantity.dimension is not Dimension.DURATION or reference is None:
        return None
    now = reading.article.published if reading else None
    told = [
        event
        for journey in evidence.journeys_told_in(claim.span.article)
        for event in journey.events
        if event.when and any(span.article == claim.span.article for span in event.sources)
    ]
    if now is None and told:
        now = max(_latest(event).date() for event in told)
    if now is None:
        return None
    years = 86400.0 * 365.2425
    tolerance = Tolerance.of(claim.quantity)
    past = [event for event in evidence.events_at(reference.id) if event.when]
    for event in sorted(past, key=_latest, reverse=True):
        seconds = (now - _latest(event).date()).total_seconds()
        if seconds > 0 and tolerance.grade(seconds) is not Verdict.FAILS:
            then, apart = _latest(event).date(), number(seconds / years, digits=1)
            clause = Wording(
                f"vom {then:%d.%m.%Y} bis zum {now:%d.%m.%Y} sind es {apart.de} Jahre",
                f"from {then:%Y-%m-%d} to {now:%Y-%m-%d} it is {apart.en} years",
            )
            check = Check(
                Facet.EXTERNAL,
                claim.quantity.si_value / _HOUR,
                seconds / _HOUR,
                "h",
                (claim.quantity.si_value - seconds) / _HOUR,
                tolerance.grade(seconds),
                sentence(clause),
                tolerance.margin(seconds) / _HOUR,
            )
            return Weighed(check, clause)
    return None


def _events_check(
    claim: Claim,
    quantity: Quantity,
    origin: GazetteerEntry | None,
    destination: GazetteerEntry | None,
    evidence: Evidence,
) -> Weighed | None:
    """Hold a duration against the time between the reported departure and arrival."""
    if origin is None or destination is None:
        return None
    for journey in evidence.journeys_told_in(claim.span.article):
        span = _elapsed_hours(journey, origin, destination)
        if span is None:
            continue
        shortest, longest, exact, last = span
        tolerance = Tolerance.of(quantity).scaled(1 / _HOUR)
        stated = quantity.si_value / _HOUR
        if longest - shortest > _VAGUE * stated:
            continue
        overlaps = tolerance.loose_low <= longest and shortest <= tolerance.loose_high
        # Another place than the one named can confirm roughly, but not refute.
        verdict = Verdict.UNVERIFIABLE
        if overlaps:
            strictly = tolerance.low <= longest and shortest <= tolerance.high
            verdict = Verdict.HOLDS if exact and strictly else Verdict.HOLDS_LOOSELY
        elif exact and shortest > 2.0 * tolerance.loose_high:
            verdict = Verdict.FAILS
        window = Wording(
            f"{number(shortest).de} bis {measured(longest, 'h').de}",
            f"{number(shortest).en} to {measured(longest, 'h').en}",
        )
        place = evidence.place(last.place)
        at = evidence.label(place) if place else Wording("dort", "there")
        clause = Wording(
            f"zwischen der gemeldeten Abfahrt und der Meldung aus {at.de} liegen {window.de}",
            f"between the reported departure and the report from {at.en} lie {window.en}",
        )
        if verdict in {Verdict.HOLDS, Verdict.HOLDS_LOOSELY}:
            clause = Wording(f"{clause.de}, das passt", f"{clause.en}, which fits")
        middle = (shortest + longest) / 2.0
        check = Check(
            Facet.EXTERNAL,
            stated,
            middle,
            "h",
            stated - middle,
            verdict,
            sentence(clause),
            tolerance.margin(middle),
        )
        contrast = Wording(
            f"{clause.de} als verstrichene Zeit mit Halten", f"{clause.en} as elapsed time with stops"
        )
        return Weighed(check, clause, contrast if overlaps else None)
    return None


def _elapsed_hours(
    journey: Journey, origin: GazetteerEntry, destination: GazetteerEntry
) -> tuple[float, float, bool, Event] | None:
    """Return least and most hours from departure to arrival, whether at the place itself, and the event."""
    dated = [event for event in journey.events if event.when and event.position]
    starts = [event for event in dated if _near(event.position, origin.position)]
    starts = [event for event in starts if event.kind is EventKind.DEPARTURE] or starts
    if not starts:
        return None
    start = starts[0]
    reach_km = max(_AT_PLACE_KM, _ON_THE_WAY_SHARE * centre_distance_km(origin, destination))
    later = [
        event
        for event in dated
        if _latest(event) > _latest(start)
        and event.kind is not EventKind.DEPARTURE
        and event.on_route
        and event.position is not None
        and geodesic_km(event.position, destination.position) <= reach_km
        and event.id != start.id
    ]
    if not later:
        return None
    # Firmly reported before planned, a day before a span of days, near before far.
    end = min(
        later,
        key=lambda event: (
            event.certainty not in _FIRM,
            _width_h(event) > 24.0,
            _away_km(event, destination),
        ),
    )
    shortest = max(0.0, (_earliest(end) - _latest(start)).total_seconds() / _HOUR)
    longest = (_latest(end) - _earliest(start)).total_seconds() / _HOUR
    # Times are local: two clocks may differ by some hours, which the windows of a day swallow.
    return shortest, longest, _away_km(end, destination) <= _AT_PLACE_KM, end


def _mean_speed_check(
    claim: Claim,
    quantity: Quantity,
    origin: GazetteerEntry | None,
    destination: GazetteerEntry | None,
    evidence: Evidence,
) -> Weighed | None:
    """Ask whether the mean speed that a duration implies is one such a vehicle can have."""
    if origin is None or destination is None or not {origin.feature, destination.feature} <= POINT_LIKE:
        return None
    way = evidence.rail_way(origin, destination) if claim.path is Path.RAIL else None
    length_km = way.length_km if way else centre_distance_km(origin, destination)
    tolerance = Tolerance.of(quantity).scaled(1 / _HOUR)
    stated = quantity.si_value / _HOUR
    if tolerance.loose_high <= 0.0 or stated <= 0.0 or centre_distance_km(origin, destination) < 1.0:
        return None
    fastest, (low, high) = length_km / stated, _USUAL_KMH[claim.path]
    if way is not None and way.detour_factor > _WINDING:
        high = _WINDING_KMH  # no fast line winds like that
    verdict = Verdict.HOLDS_LOOSELY if low <= fastest <= high else Verdict.UNVERIFIABLE
    straight_km = centre_distance_km(origin, destination)
    if straight_km / tolerance.loose_high > _FASTEST_KMH[claim.path]:
        verdict = Verdict.FAILS
    speed = measured(fastest, "km/h")
    clause = Wording(
        f"für {measured(length_km, 'km').de} hieße das im Mittel {speed.de}",
        f"for {measured(length_km, 'km').en} that would be {speed.en} on average",
    )
    check = Check(Facet.DURATION, stated, None, "h", None, verdict, sentence(clause))
    return Weighed(check, clause, decides=verdict is not Verdict.UNVERIFIABLE)


def _first(claims: tuple[Claim, ...], dimension: Dimension, relations: set[Relation]) -> Quantity | None:
    fitting = [
        claim.quantity
        for claim in claims
        if claim.relation in relations and claim.quantity and claim.quantity.dimension is dimension
    ]
    return fitting[0] if len(fitting) == 1 else None


def _near(position: LatLon | None, other: LatLon) -> bool:
    return position is not None and geodesic_km(position, other) <= _AT_PLACE_KM


def _away_km(event: Event, place: GazetteerEntry) -> float:
    return geodesic_km(event.position, place.position) if event.position else float("inf")


def _width_h(event: Event) -> float:
    return (_latest(event) - _earliest(event)).total_seconds() / _HOUR


def _earliest(event: Event) -> dt.datetime:
    return event.when.earliest if event.when else dt.datetime.max  # noqa: DTZ901


def _latest(event: Event) -> dt.datetime:
    return event.when.latest if event.when else dt.datetime.min  # noqa: DTZ901


def _metres(quantity: Quantity) -> Wording:
    return measured(quantity.si_value / 1000.0, "km")


def _speed(quantity: Quantity) -> Wording:
    return measured(quantity.si_value * 3.6, "km/h")
