"""Files of journeys for other programs: GPX 1.1, KML 2.2, GeoJSON with times, CSV of events.

Pure functions from journeys to text. Times are in UTC where a place's zone is known. Every text from
an article is escaped by the library that writes the format; a line over the antimeridian is cut there.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from gazetteer.geojson import cut_at_antimeridian, feature, line_geometry
from gazetteer.journeys.journey import Event, Journey, Leg, TimeWindow
from gazetteer.journeys.timing import in_utc
from gazetteer.positions import LatLon
from gazetteer.spreadsheets import csv_of

EVENT_COLUMNS: Final = (
    "journey",
    "traveller",
    "event",
    "kind",
    "place",
    "place_id",
    "lat",
    "lon",
    "from",
    "to",
    "zone",
    "inferred",
    "certainty",
    "on_line",
    "reported_by",
    "what",
    "conflicts",
    "sources",
)

_GPX: Final = "http://www.topografix.com/GPX/1/1"
_KML: Final = "http://www.opengis.net/kml/2.2"
_NOT_IN_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gpx_of(
    journeys: Iterable[Journey], *, language: str = "en", names: Mapping[str, str] | None = None
) -> str:
    """Return a GPX file: a waypoint for each event, a track for each journey, a segment for each leg.

    Args:
        journeys: Any number, also none.
        language: Of descriptions, `de` or `en`.
        names: What to call places, by id; without it an event's words name it.
    """
    root = ET.Element("gpx", {"xmlns": _GPX, "version": "1.1", "creator": "luftlinie"})
    listed = tuple(journeys)
    for journey in listed:
        for event in journey.events:
            if event.position is not None:
                point = ET.SubElement(root, "wpt", _latlon(event.position))
                if event.when is not None:
                    _text(point, "time", _instant(_middle(event.when)))
                _text(point, "name", _name(event, names, language))
                _text(point, "desc", _description(event, language))
                _text(point, "type", event.kind.value)
    for journey in listed:
        track = ET.SubElement(root, "trk")
        _text(track, "name", journey.title.in_language(language))
        when = {event.id: event.when for event in journey.events}
        for leg in journey.legs:
            segment = ET.SubElement(track, "trkseg")
            times = _end_times(leg, when)
            for number, position in enumerate(leg.geometry):
                point = ET.SubElement(segment, "trkpt", _latlon(position))
                moment = times[0] if number == 0 else times[1] if number == len(leg.geometry) - 1 else None
                if moment is not None:
                    _text(point, "time", _instant(moment))
    return _xml(root)


def kml_of(
    journeys: Iterable[Journey], *, language: str = "en", names: Mapping[str, str] | None = None
) -> str:
    """Return a KML file: a folder for each journey, placemarks with time spans, a line for each leg."""
    root = ET.Element("kml", {"xmlns": _KML})
    document = ET.SubElement(root, "Document")
    for journey in journeys:
        folder = ET.SubElement(document, "Folder")
        _text(folder, "name", journey.title.in_language(language))
        for event in journey.events:
            if event.position is None:
                continue
            mark = ET.SubElement(folder, "Placemark")
            _text(mark, "name", _name(event, names, language))
            _text(mark, "description", _description(event, language))
            if event.when is not None:
                earliest, latest = in_utc(event.when)
                span = ET.SubElement(mark, "TimeSpan")
                _text(span, "begin", _instant(earliest))
                _text(span, "end", _instant(latest))
            _text(ET.SubElement(mark, "Point"), "coordinates", _coordinates([event.position]))
        for leg in journey.legs:
            mark = ET.SubElement(folder, "Placemark")
            _text(mark, "name", f"{leg.length_km:.0f} km")
            _text(mark, "description", leg.source.in_language(language))
            lines = ET.SubElement(mark, "MultiGeometry")
            for piece in cut_at_antimeridian(leg.geometry):
                line = ET.SubElement(lines, "LineString")
                _text(line, "tessellate", "1")
                _text(line, "coordinates", _coordinates(piece))
    return _xml(root)


def geojson_of(
    journeys: Iterable[Journey], *, language: str = "en", names: Mapping[str, str] | None = None
) -> str:
    """Return an RFC 7946 FeatureCollection: events as points with `from` and `to`, legs as lines."""
    features: list[dict[str, Any]] = []
    for journey in journeys:
        for event in journey.events:
            geometry = {"type": "Point", "coordinates": _rounded(event.position)} if event.position else None
            features.append(feature(geometry, _event_properties(journey, event, language, names)))
        when = {event.id: event.when for event in journey.events}
        for leg in journey.legs:
            geometry = line_geometry(leg.geometry, digits=6)
            features.append(feature(geometry, _leg_properties(journey, leg, when, language)))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def events_csv(
    journeys: Iterable[Journey], *, language: str = "en", names: Mapping[str, str] | None = None
) -> str:
    """Return the events of all journeys as CSV with a header; times are local to the place, ISO 8601.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    cells = (
        _event_cells(journey, event, language, names) for journey in journeys for event in journey.events
    )
    return csv_of(EVENT_COLUMNS, cells)


def _event_cells(
    journey: Journey, event: Event, language: str, names: Mapping[str, str] | None
) -> list[object]:
    position, when = event.position, event.when
    return [
        journey.id,
        event.traveller,
        event.id,
        event.kind.value,
        (names or {}).get(event.place or ""),
        event.place,
        position.lat if position else None,
        position.lon if position else None,
        when.earliest.isoformat(timespec="minutes") if when else None,
        when.latest.isoformat(timespec="minutes") if when else None,
        when.zone if when else None,
        when.inferred if when else None,
        event.certainty.value,
        event.on_route,
        event.reported_by,
        event.what.in_language(language),
        " ".join(event.conflicts),
        " ".join(f"{span.article}:{span.start}-{span.end}" for span in event.sources),
    ]


def _event_properties(
    journey: Journey, event: Event, language: str, names: Mapping[str, str] | None
) -> dict[str, Any]:
    cells = dict(zip(EVENT_COLUMNS, _event_cells(journey, event, language, names), strict=True))
    properties = {key: value for key, value in cells.items() if key not in ("lat", "lon")}
    if event.when is not None:
        earliest, latest = in_utc(event.when)
        properties |= {"from_utc": _instant(earliest), "to_utc": _instant(latest)}
    return {"layer": "event", **properties}


def _leg_properties(
    journey: Journey, leg: Leg, when: Mapping[str, TimeWindow | None], language: str
) -> dict[str, Any]:
    start, end = _end_times(leg, when)
    return {
        "layer": "leg",
        "journey": journey.id,
        "traveller": journey.traveller,
        "origin": leg.origin,
        "destination": leg.destination,
        "mode": leg.mode.value,
        "length_km": round(leg.length_km, 1),
        "geodesic_km": round(leg.geodesic_km, 1),
        "certainty": leg.certainty.value,
        "source": leg.source.in_language(language),
        "estimated_start_utc": _instant(start) if start else None,
        "estimated_end_utc": _instant(end) if end else None,
    }


def _end_times(
    leg: Leg, when: Mapping[str, TimeWindow | None]
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the middles of the windows at both ends; none where they would run backwards."""
    ends = [when.get(event) for event in leg.events] if len(leg.events) == 2 else [None, None]
    start, end = (_middle(window) if window is not None else None for window in ends)
    if start is not None and end is not None and end < start:
        return None, None
    return start, end


def _middle(window: TimeWindow) -> dt.datetime:
    earliest, latest = in_utc(window)
    return earliest + (latest - earliest) / 2


def _name(event: Event, names: Mapping[str, str] | None, language: str) -> str:
    return (names or {}).get(event.place or "") or event.what.in_language(language)


def _description(event: Event, language: str) -> str:
    words = f"{event.traveller}; {event.what.in_language(language)}; {event.certainty.value}"
    return f"{words}; {event.reported_by}" if event.reported_by else words


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _latlon(position: LatLon) -> dict[str, str]:
    return {"lat": f"{position.lat:.6f}", "lon": f"{position.lon:.6f}"}


def _rounded(position: LatLon) -> list[float]:
    lon, lat = position.lonlat()
    return [round(lon, 6), round(lat, 6)]


def _coordinates(line: Iterable[LatLon]) -> str:
    return " ".join(f"{position.lon:.6f},{position.lat:.6f}" for position in line)


def _text(parent: ET.Element, tag: str, words: str) -> None:
    ET.SubElement(parent, tag).text = _NOT_IN_XML.sub("", words)


def _xml(root: ET.Element) -> str:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
