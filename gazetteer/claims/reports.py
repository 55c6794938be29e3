"""What reported events say about claims: where the journey was to end, and how fast it really was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Claim, CrossCheck, Path
from gazetteer.claims.evidence import Evidence
from gazetteer.claims.phrasing import kilometres, measured, number, quoted
from gazetteer.journeys.journey import Event, EventKind, Journey, Mode
from gazetteer.wording import Wording

_HOUR: Final = 3600.0
_CLAIMS_AT_MOST: Final = 6
_SHORTEST_KM: Final = 50.0
_LEGS_AT_MOST: Final = 20
_ENDS: Final = frozenset({EventKind.ARRIVAL, EventKind.STAY})


def mean_speeds(speeds: Sequence[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    """Hold a stated speed against the mean that a journey's leg and its dates imply."""
    for claim in speeds:
        if claim.quantity is None or claim.path not in {Path.RAIL, Path.UNSPECIFIED}:
            continue
        for journey in evidence.journeys_told_in(claim.span.article):
            stretch = _best_dated(journey)
            if stretch is None:
                continue
            low_kmh, high_kmh = stretch.low_kmh, stretch.high_kmh
            stated_kmh = claim.quantity.si_value * 3.6
            fits = low_kmh <= stated_kmh * 1.05 and stated_kmh <= 1.2 * high_kmh
            ends = [evidence.place(end) for end in (stretch.origin, stretch.destination)]
            names = [evidence.label(end) if end else Wording("dort", "there") for end in ends]
            yield CrossCheck(
                (claim.id,),
                "time = implied mean speed",
                quoted(claim.quote),
                Wording(
                    f"{number(low_kmh).de} bis {measured(high_kmh, 'km/h').de}",
                    f"{number(low_kmh).en} to {measured(high_kmh, 'km/h').en}",
                ),
                "agree" if fits else "suspicious",
                Wording(
                    f"{kilometres(stretch.length_km).de} von {names[0].de} nach {names[1].de} in der "
                    "gemeldeten Zeit: "
                    + ("das passt." if fits else "das ist nicht die mittlere Geschwindigkeit."),
                    f"{kilometres(stretch.length_km).en} from {names[0].en} to {names[1].en} in the time "
                    "reported: " + ("that fits." if fits else "that is not the mean speed."),
                ),
            )
            break


def destination_conflicts(claims: Sequence[Claim], evidence: Evidence) -> Iterator[CrossCheck]:
    """Name the places that reports of one journey give for the same thing and cannot both be right."""
    by_place: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for role in (claim.subject, claim.reference, claim.origin):
            if role is not None and role.place is not None:
                by_place[role.place].append(claim)
    for journey in evidence.journeys:
        yield from _conflicts(journey, by_place, evidence)


def _conflicts(
    journey: Journey, by_place: dict[str, list[Claim]], evidence: Evidence
) -> Iterator[CrossCheck]:
    events = {event.id: event for event in journey.events}
    told: set[tuple[str, str]] = set()
    for event in journey.events:
        for other_id in event.conflicts:
            other = events.get(other_id)
            if other is None or event.place is None or other.place is None or event.place == other.place:
                continue
            places = (min(event.place, other.place), max(event.place, other.place))
            if places in told:
                continue
            told.add(places)
            yield _conflict(event, other, by_place, evidence)


def _conflict(event: Event, other: Event, by_place: dict[str, list[Claim]], evidence: Evidence) -> CrossCheck:
    articles = {span.article for one in (event, other) for span in one.sources}
    involved = [
        claim
        for place in (event.place, other.place)
        for claim in by_place.get(place or "", ())
        if claim.span.article in articles
    ]
    names = [
        evidence.label(entry) if (entry := evidence.place(one.place)) else Wording("dort", "there")
        for one in (event, other)
    ]
    kept = next((one for one in (event, other) if one.on_route), None)
    kept_name = names[0] if kept is event else names[1]
    settled = kept is not None and event.on_route != other.on_route
    reason = Wording(
        f"Die Artikel nennen verschiedene Orte: {names[0].de} und {names[1].de}.",
        f"The articles name different places: {names[0].en} and {names[1].en}.",
    )
    if settled:
        reason = Wording(
            f"{reason.de} Der spätere Bericht nennt {kept_name.de}; ihm folgt die Linie.",
            f"{reason.en} The later report names {kept_name.en}; the line follows it.",
        )
    return CrossCheck(
        tuple(dict.fromkeys(claim.id for claim in involved))[:_CLAIMS_AT_MOST],
        "destination" if {event.kind, other.kind} & _ENDS else "order of events",
        Wording(f"{event.what.de} · {other.what.de}", f"{event.what.en} · {other.what.en}"),
        Wording(f"{names[0].de} / {names[1].de}", f"{names[0].en} / {names[1].en}"),
        "contradiction",
        reason,
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a journey with dates at both ends."""

    origin: str
    destination: str
    length_km: float
    low_kmh: float
    high_kmh: float


def _best_dated(journey: Journey) -> _Stretch | None:
    """Return the stretch by rail whose dates pin its mean speed down most closely."""
    at: defaultdict[str, list[Event]] = defaultdict(list)
    for event in journey.events:
        if event.place is not None and event.when is not None and event.on_route:
            at[event.place].append(event)
    found = []
    for first, start_leg in enumerate(journey.legs):
        length_km = 0.0
        for leg in journey.legs[first : first + _LEGS_AT_MOST]:
            if leg.mode is not Mode.RAIL:
                break
            length_km += leg.length_km
            hours = _hours_between(at[start_leg.origin], at[leg.destination])
            if length_km >= _SHORTEST_KM and hours is not None:
                least, most = hours
                found.append(
                    _Stretch(
                        start_leg.origin, leg.destination, length_km, length_km / most, length_km / least
                    )
                )
    return min(found, key=lambda one: one.high_kmh / one.low_kmh, default=None)


def _hours_between(starts: Sequence[Event], ends: Sequence[Event]) -> tuple[float, float] | None:
    """Return the least and most hours from the last departure to the first later event."""
    for start in reversed(starts):
        for end in ends:
            if start.when is None or end.when is None:
                continue
            least = (end.when.earliest - start.when.latest).total_seconds() / _HOUR
            most = (end.when.latest - start.when.earliest).total_seconds() / _HOUR
            if least >= 1.0:
                return least, most
    return None
