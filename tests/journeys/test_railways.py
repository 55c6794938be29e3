"""The network: opened, extended, and what it says of itself."""

import json
import re
import sqlite3
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from islands import at, hand_made_network, hand_made_tracks

from gazetteer.errors import DataFileError, IndexMissingError
from gazetteer.geodesy import geodesic_km
from gazetteer.journeys.borders import CLOSED_KM, BorderTable
from gazetteer.journeys.engines import BundledEngine, RoutingEngine
from gazetteer.journeys.gaps import close_gaps, join_known_gaps, links_in
from gazetteer.journeys.official import OfficialLine, OfficialStation, align, read_official_lines
from gazetteer.journeys.railways import RailNetwork, tables_read
from gazetteer.journeys.routes import route
from gazetteer.journeys.snapping import PieceIndex
from gazetteer.journeys.tracks import LONGEST_PIECE_KM, Tracks, ellipsoidal_km
from gazetteer.positions import LatLon
from gazetteer.wording import Wording

BRIDGE = [[11.0, 50.0], [20.0, 50.0]]
"""Joins both islands of the hand-made network."""


def tracks_of(points: list[tuple[float, float]], pieces: list[tuple[int, int]]) -> Tracks:
    lat, lon = (np.array(axis) for axis in zip(*points, strict=True))
    tail, head = (np.array(ends) for ends in zip(*pieces, strict=True))
    return Tracks.of(lat, lon, tail, head, np.zeros(len(pieces)))


def geojson(path, *geometries):
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def line(corners):
    return {"type": "LineString", "coordinates": corners}


def geopackage(path, *blobs, srs=4326):
    with sqlite3.connect(path) as package:
        package.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)")
        package.execute("INSERT INTO gpkg_geometry_columns VALUES ('rails', 'geom', ?)", (srs,))
        package.execute("CREATE TABLE rails (geom BLOB)")
        package.executemany("INSERT INTO rails VALUES (?)", [(blob,) for blob in blobs])
    package.close()
    return path


def blob_of(corners):
    return b"GP\x00\x01" + struct.pack("<i", 4326) + shapely.LineString(corners).wkb


def test_an_own_line_joins_two_networks(tmp_path):
    network = hand_made_network().with_lines(geojson(tmp_path / "bridge.geojson", line(BRIDGE)))

    found = route(network, [at("west"), at("harbour")])

    assert found.length_km == pytest.approx(geodesic_km(at("west"), at("harbour")), rel=1e-3)


def test_an_own_line_is_read_from_a_geopackage(tmp_path):
    network = hand_made_network().with_lines(geopackage(tmp_path / "bridge.gpkg", blob_of(BRIDGE)))

    assert route(network, [at("west"), at("harbour")]).length_km > 700


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        (None, "no geometry"),
        (line([[11.0, 50.0]]), "two different corners"),
        (line([[11.0, 50.0], ["x", 1]]), "corner 2"),
        (line([[11.0, 50.0], [999.0, 50.0]]), r"lon must be in \[-180, 180\]"),
        (line("abc"), "no list"),
        ({"type": "Polygon", "coordinates": []}, "'Polygon'"),
        ({"coordinates": []}, "type"),
    ],
)
def test_a_broken_feature_is_named_and_the_rest_stays(tmp_path, geometry, fault):
    network = hand_made_network().with_lines(geojson(tmp_path / "own.geojson", geometry, line(BRIDGE)))

    (own,) = network.own_lines
    assert len(own.lines) == 1
    assert own.faults[0].startswith("own.geojson: feature 1: ")
    assert re.search(fault, own.faults[0])


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"type": "FeatureCollection", "features": 3}', "[" * 9000])
def test_a_file_that_is_no_geojson_is_refused(tmp_path, text):
    path = tmp_path / "own.geojson"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataFileError, match=r"own\.geojson"):
        hand_made_network().with_lines(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DataFileError, match="none"):
        hand_made_network().with_lines(tmp_path / "none.geojson")
    with pytest.raises(DataFileError, match="no such file"):
        hand_made_network().with_lines(tmp_path / "none.gpkg")


def test_a_damaged_geopackage_is_refused(tmp_path):
    path = tmp_path / "own.gpkg"
    path.write_bytes(b"not a database at all, not in the least" * 20)

    with pytest.raises(DataFileError, match="not a GeoPackage"):
        hand_made_network().with_lines(path)


def test_a_broken_geometry_in_a_geopackage_is_named_and_the_rest_stays(tmp_path):
    path = geopackage(tmp_path / "own.gpkg", b"GP", b"GP\x00\x01\x00\x00\x00\x00\x01\x02", blob_of(BRIDGE))

    (own,) = hand_made_network().with_lines(path).own_lines

    assert [fault.split(":")[1] for fault in own.faults] == [" table rails, row 1", " table rails, row 2"]


def test_another_reference_system_than_wgs84_is_refused(tmp_path):
    with pytest.raises(DataFileError, match="25832"):
        hand_made_network().with_lines(geopackage(tmp_path / "own.gpkg", blob_of(BRIDGE), srs=25832))


def test_own_lines_leave_the_world_as_it_was(network, tmp_path):
    stops = [LatLon(39.0339, 125.7543), LatLon(43.1056, 131.8735)]
    own = geojson(tmp_path / "own.geojson", line([[134.0, 39.0], [134.5, 39.2]]))

    grown = network.with_lines(own)

    assert route(grown, stops).length_km == pytest.approx(route(network, stops).length_km)


def test_a_network_that_was_not_built_says_how_to_build_it(tmp_path, monkeypatch):
    monkeypatch.setenv("LUFTLINIE_HOME", str(tmp_path))

    with pytest.raises(IndexMissingError, match="luftlinie gazetteer build"):
        RailNetwork.open()


def test_a_dead_end_is_linked_to_the_track_ahead():
    tracks = tracks_of([(50.0, 10.0), (50.0, 10.1), (50.0, 10.11), (50.0, 10.2)], [(0, 1), (2, 3)])

    (link,) = links_in(close_gaps(tracks))

    assert link.length_km == pytest.approx(geodesic_km(LatLon(50.0, 10.1), LatLon(50.0, 10.11)), rel=1e-3)


def test_a_dead_end_is_not_linked_to_a_track_behind_it():
    tracks = tracks_of([(50.0, 10.0), (50.0, 10.1), (50.01, 10.0), (50.01, 9.9)], [(0, 1), (2, 3)])

    assert links_in(close_gaps(tracks)) == ()


def test_a_long_gap_is_not_closed_across_a_border():
    tracks = tracks_of([(50.0, 10.0), (50.0, 10.1), (50.0, 10.15), (50.0, 10.3)], [(0, 1), (2, 3)])

    assert len(links_in(close_gaps(tracks))) == 1
    assert links_in(close_gaps(tracks, np.array([0, 0, 1, 1], dtype=np.uint8))) == ()


def test_a_listed_gap_off_every_track_is_reported_with_its_row(tmp_path):
    joins = tmp_path / "joins.csv"
    joins.write_text("gap,lat1,lon1,lat2,lon2,km,source\na,50,10,50,11,,x\nb,0,0,1,1,,x\nc,?,0,1,1,,x\n")

    with pytest.raises(DataFileError) as refused:
        join_known_gaps(hand_made_tracks(), joins)

    assert "joins.csv:3: an end lies off every track" in str(refused.value)
    assert "joins.csv:4" in str(refused.value)


def test_every_added_link_of_the_world_is_listed_with_its_length(network):
    links = network.added_links

    assert len(links) > 1000
    assert links[0].length_km < 1.4 * LONGEST_PIECE_KM
    assert all(link.length_km >= 0.999 * geodesic_km(*link.ends) for link in links)


def test_an_official_line_stretches_the_tracks_to_its_kilometres():
    stations = tuple(
        OfficialStation(Wording.same(name), at(name), km, "made up")
        for name, km in [("west", 0.0), ("east", 75.0)]
    )

    aligned = align(hand_made_tracks(), [OfficialLine("x", Wording.same("X"), True, stations)])

    assert aligned.stretches[0].used
    assert aligned.tracks.length_km[aligned.tracks.line == 0].sum() == pytest.approx(75.0)


def test_a_published_length_far_from_the_measured_is_not_used():
    stations = tuple(
        OfficialStation(Wording.same(name), at(name), km, "made up")
        for name, km in [("west", 0.0), ("east", 300.0)]
    )

    aligned = align(hand_made_tracks(), [OfficialLine("x", Wording.same("X"), True, stations)])

    assert not aligned.stretches[0].used
    assert (aligned.tracks.line == -1).all()


def test_all_bad_rows_of_a_table_of_lines_are_reported_at_once(tmp_path):
    table = tmp_path / "lines.csv"
    table.write_text(
        "line,name_de,name_en,preferred,seq,station,station_local,station_de,lat,lon,km,source\n"
        "a,A,A,yes,1,S,,S,120,10,0,x\n"
        "a,A,A,yes,2,T,,T,50,10,many,x\n"
        "b,B,B,yes,1,U,,U,50,10,5,x\n"
        "b,B,B,yes,2,V,,V,50,11,4,\n"
    )

    with pytest.raises(DataFileError) as refused:
        read_official_lines([table])

    for part in (
        "lines.csv:2: lat must be",
        "lines.csv:3:",
        "lines.csv:5: source is empty",
        "b: kilometres must",
    ):
        assert part in str(refused.value)


def test_every_row_of_our_tables_has_its_source():
    for table in tables_read():
        if table.suffix == ".csv":
            header, *rows = table.read_text(encoding="utf-8").splitlines()
            assert header.endswith(",source"), table
            assert all(not row.endswith(",") for row in rows), table


def test_known_prices_of_borders():
    table = BorderTable.read()

    assert table.price_km("DE", "DE") == 0.0
    assert table.price_km("DE", "FR") < 10.0
    assert table.price_km("RU", "CN") >= 400.0
    assert table.price_km("KP", "KR") == CLOSED_KM
    assert not table.gauge_breaks("RU", "FI")
    assert table.gauge_breaks("ES", "FR")


@pytest.mark.parametrize(
    "position", [LatLon(90, 0), LatLon(-90, 0), LatLon(0, 180), LatLon(0, -180), LatLon(-55, 3)]
)
def test_looking_for_rails_at_the_ends_of_the_world_finds_none(network, position):
    assert len(network.index.near(position, within_km=25.0).piece) == 0


@given(st.floats(49.95, 50.45), st.floats(9.95, 11.05))
def test_the_nearest_piece_is_nearer_than_any_point_of_the_tracks(lat, lon):
    position, tracks = LatLon(lat, lon), hand_made_tracks()

    near = PieceIndex(tracks).near(position, within_km=60.0)

    to_points = [geodesic_km(position, tracks.position(point)) for point in range(len(tracks.lat))]
    assert near.distance_km[0] <= min(to_points) * 1.01
    assert (np.diff(near.distance_km) >= 0).all()


@given(st.floats(-80, 80), st.floats(-170, 170), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_the_vectorised_geodesic_agrees_with_the_exact_one(lat, lon, d_lat, d_lon):
    a, b = LatLon(lat, lon), LatLon(lat + d_lat, lon + d_lon)

    measured = ellipsoidal_km(*(np.array([value]) for value in (*a.latlon(), *b.latlon())))

    assert measured[0] == pytest.approx(geodesic_km(a, b), rel=2e-5, abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=8))
def test_cutting_keeps_the_length(cuts):
    tracks = hand_made_tracks()

    cut, points = tracks.cut(cuts)

    assert cut.length_km.sum() == pytest.approx(tracks.length_km.sum())
    assert all(0 <= point < len(cut.lat) for point in points)


def test_the_bundled_engine_is_a_routing_engine():
    engine: RoutingEngine = BundledEngine(hand_made_network())

    assert engine.route([at("west"), at("east")], names=["W", "E"]).length_km > 70
