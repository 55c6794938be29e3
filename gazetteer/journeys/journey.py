"""Journeys: who was where when, by what means, and along which way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gazetteer.journeys.routes import BorderCrossing, GaugeBreak
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.wording import Wording


class Mode(StrEnum):
    """By what means a leg is travelled."""

    RAIL = "rail"
    AIR = "air"
    ROAD = "road"
    SEA = "sea"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """How firmly an event is reported."""

    REPORTED = "reported"
    EYEWITNESS = "eyewitness"
    ANNOUNCED = "announced"
    PLANNED = "planned"
    EXPECTED = "expected"
    SPECULATED = "speculated"
    DENIED = "denied"


FIRMEST_FIRST: Final = (
    Certainty.REPORTED,
    Certainty.EYEWITNESS,
    Certainty.ANNOUNCED,
    Certainty.EXPECTED,
    Certainty.PLANNED,
    Certainty.SPECULATED,
    Certainty.DENIED,
)
"""Every certainty, the firmest report first."""


class EventKind(StrEnum):
    """What happened at the place."""

    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    SIGHTING = "sighting"
    CROSSING = "crossing"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """From the earliest to the latest moment that the words allow, in the local time of the place.

    Both ends are naive local times; `zone` names the IANA time zone they are in, if the place has one.
    """

    earliest: dt.datetime
    latest: dt.datetime
    zone: str | None
    inferred: bool
    """True when the date follows from other articles or the weekday, not from the words alone."""


@dataclass(frozen=True, slots=True)
class Event:
    """One traveller at one place in one window of time."""

    id: str
    kind: EventKind
    traveller: str
    place: str | None
    """Id of the gazetteer entry."""
    position: LatLon | None
    when: TimeWindow | None
    what: Wording
    certainty: Certainty
    reported_by: str | None
    """Who says so, in the article's words, where it is said."""
    sources: tuple[Span, ...]
    """The sentences it was read from."""
    conflicts: tuple[str, ...] = ()
    """Ids of events that cannot be true together with this one."""
    on_route: bool = True
    """False for plans that a later report overtook: shown, but the line does not pass."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The way between two places of a journey."""

    origin: str
    destination: str
    """Ids of gazetteer entries."""
    mode: Mode
    length_km: float
    """Along the way: official kilometres where known, else measured on the network."""
    geodesic_km: float
    geometry: tuple[LatLon, ...]
    source: Wording
    """Where the length comes from."""
    certainty: Certainty = Certainty.REPORTED
    events: tuple[str, ...] = ()
    """Ids of the events at its two ends."""
    borders: tuple[BorderCrossing, ...] = ()
    """Where it passes from one country to the next."""
    gauge_breaks: tuple[GaugeBreak, ...] = ()
    """Where the gauge of the rails changes on it."""
    notes: tuple[Wording, ...] = ()
    """What a reader must know of this way: borders that are closed, stops passed twice."""

    @property
    def detour_factor(self) -> float:
        """Length along the way over the geodesic; 1.0 for a leg without extent."""
        return self.length_km / self.geodesic_km if self.geodesic_km else 1.0


@dataclass(frozen=True, slots=True)
class Journey:
    """One traveller's events in order, and the legs between those the line passes."""

    id: str
    traveller: str
    title: Wording
    mode: Mode
    events: tuple[Event, ...]
    legs: tuple[Leg, ...]
    notes: tuple[Wording, ...] = ()
    """What a reader must know: conflicts kept, dates inferred, stretches without rails."""

    @property
    def length_km(self) -> float:
        """Sum of the legs."""
        return sum(leg.length_km for leg in self.legs)
