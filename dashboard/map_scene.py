"""What the map draws, from values: places by number, claims as lines, legs along their way.

Names stand in the scene as data that the browser fetches and paints on canvas; folium never sees them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from dashboard import figures
from dashboard.catalogue import Catalogue
from dashboard.messages import Messages
from gazetteer.claims.claim import Claim, Verdict
from gazetteer.claims.drawing import drawing_of
from gazetteer.geodesy import geodesic_points
from gazetteer.journeys.journey import Certainty, Mode
from gazetteer.journeys.railways import RailNetwork
from gazetteer.places.entries import Feature
from gazetteer.positions import LatLon
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution

Scene = dict[str, Any]

READINGS: Final = tuple(Reading)
VERDICTS: Final = tuple(Verdict)
WIDE_FEATURES: Final = frozenset({Feature.COUNTRY, Feature.REGION, Feature.CONTINENT, Feature.WATER})
"""Features whose position only stands for an area; drawn hollow."""

CLAIM_LINES: Final = 400
"""Claims drawn at most, gravest first; thousands of lines hide each other and hold the browser up."""

_RIDDEN: Final = frozenset({Certainty.REPORTED, Certainty.EYEWITNESS})
_PLANNED: Final = frozenset({Certainty.ANNOUNCED, Certainty.PLANNED, Certainty.EXPECTED})


@dataclass(frozen=True, slots=True)
class MapFilter:
    """Which mentions count for the map; an empty set lets everything through."""

    kinds: frozenset[Kind] = frozenset()
    readings: frozenset[Reading] = frozenset({Reading.PLACE})
    confidence: float = 0.0
    claims: bool = True
    journeys: bool = True

    def passes(self, resolution: Resolution) -> bool:
        """Tell whether a mention is to be counted."""
        mention = resolution.mention
        return (
            resolution.entry is not None
            and resolution.confidence >= self.confidence
            and (not self.kinds or mention.kind in self.kinds)
            and (not self.readings or mention.reading in self.readings)
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A place on the map: how often it is mentioned, and in which reading most often."""

    number: int
    mentions: int
    reading: Reading


def counted(catalogue: Catalogue, chosen: MapFilter) -> tuple[Counted, ...]:
    """Return the places that pass the filter, most mentioned first."""
    readings: dict[str, Counter[Reading]] = {}
    for resolution in catalogue.resolutions:
        if resolution.entry is not None and chosen.passes(resolution):
            readings.setdefault(resolution.entry.id, Counter())[resolution.mention.reading] += 1
    found = (
        # Among equals the reading that is a place wins: that is what a map is for.
        Counted(catalogue.place_numbers[place], tally.total(), max(READINGS, key=lambda r: tally[r]))
        for place, tally in readings.items()
    )
    return tuple(sorted(found, key=lambda place: -place.mentions))


def scene(catalogue: Catalogue, chosen: MapFilter, words: Messages) -> Scene:
    """Return the scene that the map fetches.

    Args:
        catalogue: What there is.
        chosen: What of it is shown.
        words: The language of names and numbers.
    """
    label = catalogue.labeller(words.language)
    places = []
    for place in counted(catalogue, chosen):
        entry = catalogue.place(place.number)
        places.append(
            {
                "id": place.number,
                "lat": round(entry.position.lat, 5),
                "lon": round(entry.position.lon, 5),
                "r": round(min(18.0, 4.0 + 1.7 * math.sqrt(place.mentions)), 1),
                "n": place.mentions,
                "reading": READINGS.index(place.reading),
                "area": entry.feature in WIDE_FEATURES,
                "name": label(entry.id),
            }
        )
    legs = _legs(catalogue) if chosen.journeys else []
    claims = _claims(catalogue, words) if chosen.claims else []
    return {
        "places": places,
        "claims": claims,
        "legs": legs,
        "marks": [mark for leg in legs for mark in _marks(leg["id"], catalogue, words)],
        "bounds": _bounds(catalogue, legs, places),
    }


def ends(claim: Claim, catalogue: Catalogue) -> tuple[LatLon, LatLon] | None:
    """Return the two places a claim's line joins, from where it is measured to what it locates."""
    roles = (
        (claim.origin or claim.subject, claim.reference) if claim.origin else (claim.reference, claim.subject)
    )
    found = [catalogue.analysis.places.get(role.place) for role in roles if role and role.place]
    both = [entry.position for entry in found if entry]
    return (both[0], both[1]) if len(both) == 2 and both[0] != both[1] else None


def claim_drawing(claim: Claim, catalogue: Catalogue, network: RailNetwork | None) -> Scene | None:
    """Return what a claim says beside what is: ring, sector, the point reckoned and the way by rail.

    Returns:
        Numbers for the map, or None when there is nothing to draw.
    """
    analysis = catalogue.analysis
    drawing = drawing_of(claim, analysis.places, network=network, journeys=analysis.journeys)
    rings = [unwrapped(ring) for ring in (drawing.ring_outer, drawing.ring_inner) if ring]
    areas = [shape for shape in (rings, [unwrapped(drawing.sector)] if drawing.sector else []) if shape]
    seen = unwrapped(drawing.positions())
    if not seen:
        return None
    lats, lons = [lat for lat, _ in seen], [lon for _, lon in seen]
    return {
        "verdict": VERDICTS.index(claim.verdict),
        "areas": areas,
        "lines": [unwrapped(line) for line in (drawing.geodesic, drawing.parallel) if line],
        "rails": [unwrapped(drawing.rail)] if drawing.rail else [],
        "reckoned": list(drawing.reckoned.latlon()) if drawing.reckoned else None,
        "bounds": [[min(lats), min(lons)], [max(lats), max(lons)]],
    }


def _claims(catalogue: Catalogue, words: Messages) -> list[Scene]:
    lines: list[Scene] = []
    drawn = set()
    for position, claim in sorted(
        enumerate(catalogue.analysis.claims), key=lambda claim: figures.GRAVITY.index(claim[1].verdict)
    ):
        if len(lines) >= CLAIM_LINES:
            break
        joined = ends(claim, catalogue)
        if joined is None or _joins_areas(claim, catalogue):
            continue
        text = _lengths(claim, words)
        if (joined, text, claim.verdict) in drawn:
            continue  # said more than once, drawn once
        drawn.add((joined, text, claim.verdict))
        line = unwrapped(geodesic_points(*joined, step_km=60.0))
        lines.append(
            {
                "id": position,
                "line": line,
                "middle": line[len(line) // 2],
                "verdict": VERDICTS.index(claim.verdict),
                "text": text,
            }
        )
    return lines


def _joins_areas(claim: Claim, catalogue: Catalogue) -> bool:
    """Tell whether a line would end in the middle of an area, which the claim does not speak of."""
    roles = [role for role in (claim.subject, claim.reference, claim.origin) if role and role.place]
    entries = [catalogue.analysis.places.get(role.place or "") for role in roles]
    return any(entry is not None and entry.feature in WIDE_FEATURES for entry in entries)


def _lengths(claim: Claim, words: Messages) -> str:
    """Return the length as stated, in quotation marks, and as computed; empty where none was computed."""
    lengths = [check for check in claim.checks if check.unit == "km" and check.computed is not None]
    if not lengths:
        return ""
    computed = figures.measure(lengths[0].computed, "km", words)
    stated = figures.measure(lengths[0].stated, "km", words)
    return f"{words.quoted(stated)} · {computed}" if stated else computed


def _legs(catalogue: Catalogue) -> list[Scene]:
    drawn = []
    for position, ridden in enumerate(catalogue.legs):
        leg = ridden.leg
        geometry: Iterable[LatLon] = leg.geometry
        if len(leg.geometry) < 2 or not catalogue.is_told(leg):
            continue
        if leg.mode is Mode.AIR and len(leg.geometry) == 2:
            geometry = geodesic_points(leg.geometry[0], leg.geometry[1], step_km=60.0)
        drawn.append(
            {
                "id": position,
                "line": unwrapped(geometry),
                "mode": leg.mode.value,
                "style": _style(leg.certainty),
                "arrow": True,
            }
        )
    return drawn


def _marks(number: int, catalogue: Catalogue, words: Messages) -> list[Scene]:
    """Return where a leg crosses borders and where the gauge changes on it; a click on one means the leg."""
    leg = catalogue.legs[number].leg
    borders = [
        (crossing.position, "border", f"{crossing.country} | {crossing.neighbour}")
        for crossing in leg.borders
    ]
    gauges = [
        (change.position, "gauge", figures.gauges(change.gauge_mm, change.neighbour_mm, words))
        for change in leg.gauge_breaks
    ]
    return [
        {"id": number, "lat": round(at.lat, 5), "lon": round(at.lon, 5), "kind": kind, "text": text}
        for at, kind, text in borders + gauges
    ]


def _style(certainty: Certainty) -> str:
    if certainty in _RIDDEN:
        return "ridden"
    return "planned" if certainty in _PLANNED else "reported"


def unwrapped(line: Iterable[LatLon]) -> list[list[float]]:
    """Return [lat, lon] pairs whose longitudes run on across the antimeridian instead of jumping."""
    drawn: list[list[float]] = []
    for fix in line:
        lon = fix.lon
        if drawn:
            lon = drawn[-1][1] + math.remainder(lon - drawn[-1][1], 360.0)
        drawn.append([round(fix.lat, 4), round(lon, 4)])
    return drawn


def article_bounds(catalogue: Catalogue, article: str) -> list[list[float]] | None:
    """Return south-west and north-east of the places one article names, or None if it names none."""
    named = [
        resolution.entry
        for resolution in catalogue.readings[article].resolutions
        if resolution.entry is not None and MapFilter().passes(resolution)
    ]
    exact = [entry for entry in named if entry.feature not in WIDE_FEATURES] or named
    if not exact:
        return None
    lats, lons = [entry.position.lat for entry in exact], [entry.position.lon for entry in exact]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _bounds(catalogue: Catalogue, legs: list[Scene], places: list[Scene]) -> list[list[float]] | None:
    """Return south-west and north-east of a first look: journeys on the ground, else the places."""
    ridden = [leg for leg in legs if leg["mode"] != Mode.AIR.value and leg["style"] != "reported"]
    journeys = {leg["id"]: catalogue.legs[leg["id"]].journey for leg in ridden}
    # The journey most is reported of is what the articles are about.
    main = max(journeys.values(), key=lambda journey: len(journey.events), default=None)
    ground = [leg for leg in ridden if journeys[leg["id"]] is main]
    points = [point for leg in ground for point in leg["line"]]
    if not points:
        exact = [place for place in places if not place["area"]] or places
        points = [[place["lat"], place["lon"]] for place in exact]
    if not points:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]
