"""A journey in time: a slider with its band of possible positions, and the distance–time diagram.

All positions come from `gazetteer.journeys.timing`; here they are only put into words and numbers.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import figures
from dashboard.catalogue import Catalogue
from dashboard.map_scene import unwrapped
from dashboard.messages import Messages
from dashboard.resources import asset
from gazetteer.journeys import timing
from gazetteer.journeys.journey import Journey

MOVED: Final = "moved"

_BAND_STEPS: Final = 48
"""Positions along the band on the map."""

_mount = st.components.v2.component("luftlinie_journey", css=asset("journey.css"), js=asset("journey.js"))


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """What the visitor set: the journey, the moment, the top speed, and which reports to rely on."""

    journey: Journey
    moment: dt.datetime
    top_speed_kmh: float
    trusted: frozenset[str]


def span_of(journey: Journey) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the first and the last moment that a journey's reports speak of, or None without any."""
    sightings = timing.sightings_of(journey)
    if not sightings or not journey.legs:
        return None
    return min(s.earliest for s in sightings), max(s.latest for s in sightings)


def train(choice: TimeChoice) -> dict[str, Any] | None:
    """Return the band and its middle as the map draws them, or None where nothing can be said."""
    band = _band(choice)
    if band is None or not band.feasible:
        return None
    steps = [band.low_km + (band.high_km - band.low_km) * n / _BAND_STEPS for n in range(_BAND_STEPS + 1)]
    fixes = [timing.position_at(choice.journey, km) for km in steps]
    return {
        "band": unwrapped(fix for fix in fixes if fix is not None),
        "middle": list(band.middle.latlon()),
    }


def estimate(choice: TimeChoice, catalogue: Catalogue, words: Messages) -> str:
    """Return in words where the traveller can have been."""
    band = _band(choice)
    if band is None:
        return words("journey.no_band")
    start = catalogue.labeller(words.language)(choice.journey.legs[0].origin)
    when = f"{_local(choice.journey, band.moment, band.middle_km, words)}: "
    if not band.feasible:
        return when + words("journey.infeasible")
    if band.high_km - band.low_km < 1.0:
        return when + words("journey.estimate_point", kilometres=words.number(band.middle_km), start=start)
    return when + words(
        "journey.estimate",
        speed=figures.measure(choice.top_speed_kmh, "km/h", words),
        low=words.number(band.low_km),
        high=words.number(band.high_km),
        start=start,
    )


def conflicts(choice: TimeChoice, catalogue: Catalogue, words: Messages) -> list[str]:
    """Return the pairs of reports that cannot both be true, in words."""
    found = timing.contradictions(choice.journey, top_speed_kmh=choice.top_speed_kmh, trusted=choice.trusted)
    texts = []
    for conflict in found:
        pair = [
            catalogue.events[event].what.in_language(words.language)
            for event in (conflict.earlier, conflict.later)
        ]
        texts.append(f"{' ↔ '.join(map(words.quoted, pair))}: {conflict.wording.in_language(words.language)}")
    return texts


def diagram(choice: TimeChoice, catalogue: Catalogue, words: Messages, *, dark: bool) -> dict[str, Any]:
    """Return the distance–time diagram: band, reports, stations, and the moment."""
    label = catalogue.labeller(words.language)
    bands = timing.band_over_time(choice.journey, top_speed_kmh=choice.top_speed_kmh, trusted=choice.trusted)
    kilometres = [0.0]
    for leg in choice.journey.legs:
        kilometres.append(kilometres[-1] + leg.length_km)
    ends = [choice.journey.legs[0].origin, *(leg.destination for leg in choice.journey.legs)]
    start, end = span_of(choice.journey) or (choice.moment, choice.moment)
    reports = [
        {
            "km": sighting.km,
            "from": sighting.earliest.timestamp(),
            "to": sighting.latest.timestamp(),
            "text": catalogue.events[sighting.event].what.in_language(words.language),
            "trusted": sighting.event in choice.trusted,
        }
        for sighting in timing.sightings_of(choice.journey)
    ]
    return {
        "dark": dark,
        "label": words("journey.diagram"),
        "words": words.table("journey"),
        "start": start.timestamp(),
        "end": end.timestamp(),
        "moment": choice.moment.timestamp(),
        "moment_text": estimate(choice, catalogue, words),
        "total": kilometres[-1],
        "band": [[band.moment.timestamp(), band.low_km, band.high_km, band.feasible] for band in bands],
        "reports": reports,
        "stations": [
            {"km": km, "name": label(place), "text": words.number(km)}
            for km, place in zip(kilometres, ends, strict=True)
        ],
        "days": _days(start, end, choice.journey, words),
    }


def show_diagram(shown: dict[str, Any], *, key: str, on_move: Callable[[], None]) -> None:
    """Show slider and diagram; `on_move` runs before the next run of the page, when the moment changed."""
    _mount(key=key, data=shown, on_moved_change=on_move)


def moved(key: str) -> dt.datetime | None:
    """Return the moment that was chosen, from inside `on_move`."""
    state = st.session_state.get(key)
    return parse_moment(state.get(MOVED) if state else None)


def parse_moment(answer: Any) -> dt.datetime | None:  # noqa: ANN401, it comes from the browser
    """Return the moment that the browser reported, or None when it is none."""
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        return None
    try:
        return dt.datetime.fromtimestamp(answer, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _band(choice: TimeChoice) -> timing.Band | None:
    return timing.band_at(
        choice.journey, choice.moment, top_speed_kmh=choice.top_speed_kmh, trusted=choice.trusted
    )


def _local(journey: Journey, moment: dt.datetime, km: float, words: Messages) -> str:
    """Write a moment in the local time of the last report passed, and name the zone."""
    passed = [sighting.event for sighting in timing.sightings_of(journey) if sighting.km <= km + 0.5]
    zones = {event.id: event.when.zone for event in journey.events if event.when}
    zone = zones.get(passed[-1]) if passed else None
    local = moment.astimezone(ZoneInfo(zone) if zone else dt.UTC)
    return f"{figures.moment(local, words)} ({figures.zone(zone, words)})"


def _days(start: dt.datetime, end: dt.datetime, journey: Journey, words: Messages) -> list[list[Any]]:
    """Return the midnights between two moments, where the journey was first reported, with dates."""
    zone = next((event.when.zone for event in journey.events if event.when and event.when.zone), None)
    local = start.astimezone(ZoneInfo(zone) if zone else dt.UTC)
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    step = dt.timedelta(days=max(1, (end - start).days // 8))
    marks = []
    while day <= end:
        if day >= start:
            marks.append([day.timestamp(), figures.day(day, words)])
        day += step
    return marks
