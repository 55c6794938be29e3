"""Journeys as GPX, KML, GeoJSON and CSV."""

import csv
import datetime as dt
import io
import json
from xml.etree import ElementTree as ET

import pytest

from gazetteer.journeys.journey import Certainty, Event, EventKind, Journey, Leg, Mode, TimeWindow
from gazetteer.journeys.trackfiles import EVENT_COLUMNS, events_csv, geojson_of, gpx_of, kml_of
from gazetteer.positions import LatLon
from gazetteer.reading.articles import Span
from gazetteer.wording import Wording

GPX = "{http://www.topografix.com/GPX/1/1}"
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = "=cmd|'/c calc'!A0 <script>alert(1)</script> {{7*191}} \x00\x0b"


def event(number, lat, lon, day):
    start = dt.datetime.fromisoformat(f"2024-03-{day:02}T09:00")
    when = TimeWindow(start, start + dt.timedelta(hours=2), "Asia/Tokyo", inferred=False)
    return Event(
        f"j:e{number}", EventKind.ARRIVAL, HOSTILE, f"p{number}", LatLon(lat, lon), when,
        Wording("Ankunft", "arrival"), Certainty.REPORTED, HOSTILE, (Span("a", 3, 9),),
    )  # fmt: skip


@pytest.fixture
def journey():
    """Tokyo to Honolulu, over the antimeridian."""
    ends = event(1, 35.7, 139.7, 1), event(2, 21.3, -157.9, 2)
    line = (LatLon(35.7, 139.7), LatLon(33.0, 175.0), LatLon(30.0, -175.0), LatLon(21.3, -157.9))
    leg = Leg("p1", "p2", Mode.AIR, 6200.0, 6200.0, line, Wording("Flug", "flight"), events=("j:e1", "j:e2"))
    return Journey("j", HOSTILE, Wording.same(HOSTILE), Mode.AIR, ends, (leg,))


def test_gpx_holds_events_as_waypoints_and_legs_as_segments(journey):
    root = ET.fromstring(gpx_of([journey], names={"p1": "Tokyo"}))  # noqa: S314 - we wrote it

    assert [point.findtext(f"{GPX}name") for point in root.findall(f"{GPX}wpt")] == ["Tokyo", "arrival"]
    assert len(root.findall(f"{GPX}trk/{GPX}trkseg")) == 1
    assert len(root.findall(f".//{GPX}trkpt")) == 4


def test_gpx_times_are_in_utc(journey):
    root = ET.fromstring(gpx_of([journey]))  # noqa: S314 - we wrote it

    assert root.findtext(f"{GPX}wpt/{GPX}time") == "2024-03-01T01:00:00Z"  # 10:00 in Tokyo


def test_kml_gives_each_event_the_span_of_its_window(journey):
    root = ET.fromstring(kml_of([journey], language="de"))  # noqa: S314 - we wrote it

    assert root.findtext(f".//{KML}TimeSpan/{KML}begin") == "2024-03-01T00:00:00Z"
    assert root.findtext(f".//{KML}TimeSpan/{KML}end") == "2024-03-01T02:00:00Z"


def test_a_line_over_the_antimeridian_is_cut_there(journey):
    features = json.loads(geojson_of([journey]))["features"]
    line = next(f["geometry"] for f in features if f["properties"]["layer"] == "leg")

    assert line["type"] == "MultiLineString"
    assert line["coordinates"][0][-1][0] == 180.0
    assert line["coordinates"][1][0] == [-180.0, line["coordinates"][0][-1][1]]


def test_csv_has_one_row_for_each_event_and_runs_no_formula(journey):
    rows = list(csv.DictReader(io.StringIO(events_csv([journey]))))

    assert tuple(rows[0]) == EVENT_COLUMNS
    assert len(rows) == 2
    assert rows[0]["traveller"].startswith("'=")
    assert (rows[0]["from"], rows[0]["zone"], rows[0]["sources"]) == (
        "2024-03-01T09:00",
        "Asia/Tokyo",
        "a:3-9",
    )


@pytest.mark.parametrize("write", [gpx_of, kml_of, geojson_of, events_csv])
def test_no_journeys_make_a_valid_empty_file(write):
    assert write([])
