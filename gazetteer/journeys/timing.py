"""Timing: where along its way somebody can have been at a moment, between what is reported.

Between two sightings the position is a band, not a point: nobody runs backwards and nobody exceeds the
top speed. Every report is a window of time at one kilometre of the way; the band is what all trusted
reports leave possible. Where they leave nothing possible, they contradict each other, and that is said.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final
from zoneinfo import ZoneInfo

from gazetteer.geodesy import great_circle_km
from gazetteer.journeys.journey import Event, Journey, Leg, Mode, TimeWindow
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

DEFAULT_TOP_SPEED_KMH: Final = 100.0
"""For the ground, where no article states a speed."""
AIR_SPEED_KMH: Final = 950.0
"""For flights, whatever the top speed on the ground."""

_TOLERANCE: Final = dt.timedelta(minutes=1)
_HOUR: Final = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event as the timing sees it: a kilometre of the way, and a window in UTC."""

    event: str
    km: float
    earliest: dt.datetime
    latest: dt.datetime


@dataclass(frozen=True, slots=True)
class Band:
    """Between which kilometres, and places, the traveller can have been at a moment."""

    moment: dt.datetime
    """In UTC."""
    low_km: float
    high_km: float
    low: LatLon
    high: LatLon
    middle: LatLon
    """Halfway along the band: an estimate, never a report."""
    feasible: bool
    """False where the trusted reports contradict each other; the band then only spans them."""

    @property
    def middle_km(self) -> float:
        """Halfway between both ends."""
        return (self.low_km + self.high_km) / 2.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two reports that no speed up to the top speed brings together."""

    earlier: str
    later: str
    """Ids of the events, in the order of the way."""
    needed_kmh: float
    """Speed it would take; infinite where the later one is seen first."""
    wording: Wording


def sightings_of(journey: Journey, trusted: Collection[str] | None = None) -> tuple[Sighting, ...]:
    """Return the events that fix the journey in time, in the order of the way.

    Args:
        journey: With legs.
        trusted: Ids of the events to rely on; None for all on the line that have a window.
    """
    found = []
    for event, km in _kilometres(journey):
        if event.when is None or (trusted is not None and event.id not in trusted):
            continue
        earliest, latest = in_utc(event.when)
        found.append(Sighting(event.id, km, earliest, latest))
    return tuple(found)


def in_utc(window: TimeWindow) -> tuple[dt.datetime, dt.datetime]:
    """Return both ends of a window in UTC; without a zone they are taken for UTC."""
    zone = ZoneInfo(window.zone) if window.zone else dt.UTC
    earliest, latest = (
        moment.replace(tzinfo=zone).astimezone(dt.UTC) for moment in (window.earliest, window.latest)
    )
    return earliest, latest


def band_at(
    journey: Journey,
    moment: dt.datetime,
    *,
    top_speed_kmh: float = DEFAULT_TOP_SPEED_KMH,
    trusted: Collection[str] | None = None,
) -> Band | None:
    """Return where the traveller can have been at a moment.

    Args:
        journey: With legs.
        moment: With a time zone; a naive moment is taken for UTC.
        top_speed_kmh: On the ground, above 0.
        trusted: Ids of the events to rely on; None for all on the line.

    Returns:
        The band, or None where the journey has no way or no report with a time.

    Raises:
        ValueError: If the top speed is not above 0.
    """
    sightings = sightings_of(journey, trusted)
    if not sightings or not journey.legs:
        return None
    way = _Way(journey, top_speed_kmh)
    return _band(way, sightings, _aware(moment))


def band_over_time(
    journey: Journey,
    *,
    top_speed_kmh: float = DEFAULT_TOP_SPEED_KMH,
    trusted: Collection[str] | None = None,
    step: dt.timedelta = _HOUR,
) -> tuple[Band, ...]:
    """Return the band from the first report to the last, for the distance-time diagram.

    The ends of all windows are among the moments, so that the band's corners are exact.

    Raises:
        ValueError: If the step or the top speed is not above 0.
    """
    if step <= dt.timedelta(0):
        raise ValueError(f"step must be above 0, got {step}")
    sightings = sightings_of(journey, trusted)
    if not sightings or not journey.legs:
        return ()
    way = _Way(journey, top_speed_kmh)
    start = min(s.earliest for s in sightings)
    end = max(s.latest for s in sightings)
    step = max(step, (end - start) / 5000)
    moments = {m for s in sightings for m in (s.earliest, s.latest)}
    count = int((end - start) / step) + 1
    moments.update(start + step * number for number in range(count))
    return tuple(_band(way, sightings, moment) for moment in sorted(moments))


def contradictions(
    journey: Journey,
    *,
    top_speed_kmh: float = DEFAULT_TOP_SPEED_KMH,
    trusted: Collection[str] | None = None,
) -> tuple[Contradiction, ...]:
    """Return the pairs of reports that cannot both be true at the top speed."""
    if not journey.legs:
        return ()
    way = _Way(journey, top_speed_kmh)
    found = []
    for earlier, later in combinations(sightings_of(journey, trusted), 2):
        needed = way.hours_at(later.km) - way.hours_at(earlier.km)
        given = later.latest - earlier.earliest
        if given + _TOLERANCE >= needed * _HOUR:
            continue
        km, hours = later.km - earlier.km, given / _HOUR
        speed = km / hours if hours > 0 else float("inf")
        found.append(Contradiction(earlier.event, later.event, speed, _wording(km, hours, speed)))
    return tuple(found)


def position_at(journey: Journey, km: float) -> LatLon | None:
    """Return the position at a kilometre of the way, None for a journey without one."""
    return _Way(journey, DEFAULT_TOP_SPEED_KMH).position_at(km) if journey.legs else None


def _wording(km: float, hours: float, speed_kmh: float) -> Wording:
    if hours <= 0:
        return Wording(
            "Der spätere Ort der Strecke wäre vor dem früheren erreicht worden.",
            "The later place of the way would have been reached before the earlier one.",
        )
    return Wording(
        f"{km:.0f} km in höchstens {hours:.1f} h: das verlangte {speed_kmh:.0f} km/h.",
        f"{km:.0f} km in at most {hours:.1f} h would take {speed_kmh:.0f} km/h.",
    )


def _kilometres(journey: Journey) -> Iterator[tuple[Event, float]]:
    """Yield the events on the line with their kilometre, in the order of the way."""
    ends = {leg.events[-1]: leg.length_km for leg in journey.legs if leg.events}
    km = 0.0
    for event in journey.events:
        if event.on_route and event.position is not None:
            km += ends.get(event.id, 0.0)
            yield event, km


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _band(way: _Way, sightings: tuple[Sighting, ...], moment: dt.datetime) -> Band:
    low_h, high_h = 0.0, way.total_hours
    for sighting in sightings:
        at = way.hours_at(sighting.km)
        low_h = max(low_h, at - max(0.0, (sighting.latest - moment) / _HOUR))
        high_h = min(high_h, at + max(0.0, (moment - sighting.earliest) / _HOUR))
    feasible = low_h <= high_h + 1.0 / 60.0
    low_h, high_h = min(low_h, high_h), max(low_h, high_h)
    low_km, high_km = way.km_at(low_h), way.km_at(high_h)
    middle = way.position_at((low_km + high_km) / 2.0)
    return Band(moment, low_km, high_km, way.position_at(low_km), way.position_at(high_km), middle, feasible)


class _Way:
    """The legs end to end, measured in kilometres and in hours at top speed."""

    def __init__(self, journey: Journey, top_speed_kmh: float) -> None:
        if not top_speed_kmh > 0.0:
            raise ValueError(f"top speed must be above 0 km/h, got {top_speed_kmh}")
        self._legs = journey.legs
        self._km = [0.0]
        self._hours = [0.0]
        for leg in self._legs:
            speed = max(AIR_SPEED_KMH, top_speed_kmh) if leg.mode is Mode.AIR else top_speed_kmh
            self._km.append(self._km[-1] + leg.length_km)
            self._hours.append(self._hours[-1] + leg.length_km / speed)

    @property
    def total_hours(self) -> float:
        return self._hours[-1]

    def hours_at(self, km: float) -> float:
        return _interpolated(km, self._km, self._hours)

    def km_at(self, hours: float) -> float:
        return _interpolated(hours, self._hours, self._km)

    def position_at(self, km: float) -> LatLon:
        at = min(max(0, bisect_right(self._km, km) - 1), len(self._legs) - 1)
        leg = self._legs[at]
        share = (km - self._km[at]) / leg.length_km if leg.length_km else 0.0
        return _along(leg, min(1.0, max(0.0, share)))


def _interpolated(value: float, xs: list[float], ys: list[float]) -> float:
    at = min(max(0, bisect_right(xs, value) - 1), len(xs) - 2)
    width = xs[at + 1] - xs[at]
    share = (value - xs[at]) / width if width else 0.0
    return ys[at] + min(1.0, max(0.0, share)) * (ys[at + 1] - ys[at])


def _along(leg: Leg, share: float) -> LatLon:
    """Return the position at a share of the drawn line: drawn lines are a little shorter than the way."""
    ends = _cumulated(leg.geometry)
    target = share * ends[-1]
    at = min(max(0, bisect_right(ends, target) - 1), len(ends) - 2)
    if at < 0:
        return leg.geometry[0]
    width = ends[at + 1] - ends[at]
    part = (target - ends[at]) / width if width else 0.0
    a, b = leg.geometry[at], leg.geometry[at + 1]
    turn = (b.lon - a.lon + 180.0) % 360.0 - 180.0  # the short way, also over the antimeridian
    lon = (a.lon + part * turn + 180.0) % 360.0 - 180.0
    return LatLon(a.lat + part * (b.lat - a.lat), lon)


@lru_cache(maxsize=256)
def _cumulated(geometry: tuple[LatLon, ...]) -> list[float]:
    ends = [0.0]
    for a, b in pairwise(geometry):
        ends.append(ends[-1] + great_circle_km(a, b))
    return ends
