"""Bad input of every kind: a clear error or a plain answer, never a traceback, and nothing destroyed."""

from __future__ import annotations

import json
import os
from itertools import pairwise

import pytest

from gazetteer import exports
from gazetteer.analysis import analyse
from gazetteer.files import OutputError, write_atomically
from gazetteer.geojson import line_geometry
from gazetteer.positions import LatLon
from gazetteer.reading.articles import article_from_text


def test_a_link_is_written_through(tmp_path):
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_atomically(tmp_path / "link.txt", "new")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, "Wien\n")

    assert os.read(reader, 100) == b"Wien\n"
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("name", ["folder", "circle", "n" * 300, "nul\0name"])
def test_what_cannot_be_a_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")

    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / name, "text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "folder"]


def lines_of(geometry):
    return {
        "Point": [],
        "LineString": [geometry["coordinates"]],
        "MultiLineString": geometry["coordinates"],
    }[geometry["type"]]


@pytest.mark.parametrize(
    ("lons", "pieces"),
    [([170, -170], 2), ([-170, 170], 2), ([180, -180], 2), ([179, -179, 179], 3), ([0, 180], 1), ([0, 0], 1)],
)
def test_no_line_jumps_over_the_antimeridian(lons, pieces):
    lines = lines_of(line_geometry([LatLon(10.0 * i, lon) for i, lon in enumerate(lons)]))

    assert len(lines) == pieces
    assert all(len(line) >= 2 for line in lines)
    assert all(abs(a[0] - b[0]) <= 180 for line in lines for a, b in pairwise(line))


def test_claims_and_legs_over_the_antimeridian_are_cut(gazetteer):
    text = (
        "Das Flugzeug flog am Montag von Auckland nach Honolulu. Dort traf der Präsident am Dienstag ein. "
        "Auckland liegt 7000 Kilometer südwestlich von Honolulu."
    )
    analysis = analyse([article_from_text(text, source="a.txt")], gazetteer)
    features = json.loads(exports.to_geojson(analysis))["features"]
    lines = [line for feature in features for line in lines_of(feature["geometry"])]

    assert lines
    assert all(abs(a[0] - b[0]) <= 180 for line in lines for a, b in pairwise(line))
