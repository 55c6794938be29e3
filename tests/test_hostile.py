"""Bad input of every kind: a clear error or a plain answer, never a traceback, and nothing destroyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from gazetteer import exports
from gazetteer.analysis import analyse
from gazetteer.annotations import documents_of
from gazetteer.cli import main
from gazetteer.errors import ArticleError, DataFileError
from gazetteer.files import OutputError, write_atomically
from gazetteer.geojson import line_geometry
from gazetteer.journeys.railways import compiled_railways
from gazetteer.positions import LatLon
from gazetteer.reading.articles import article_from_text, load_articles


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


TEXT = "Linz liegt 155 km westlich von Wien. Der Zug fuhr am Montag nach München.\n"


def command(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **environment):
    return subprocess.run(
        [sys.executable, "-m", "gazetteer.cli", *words],
        stdout=stdout,
        stderr=stderr,
        env=os.environ | environment,
        check=False,
    )


def test_half_a_surrogate_pair_is_no_text():
    with pytest.raises(ArticleError, match=r"a\.txt.*U\+D800"):
        article_from_text("Linz \ud800 liegt in Wien.", source="a.txt")


def test_a_file_name_in_no_encoding_can_be_written_down(tmp_path):
    file = tmp_path / os.fsdecode(b"k\xf6ln.txt")
    file.write_text(TEXT, encoding="utf-8")
    (article,) = load_articles([file])

    assert (article.id, article.source) == ("k\ufffdln", "k\ufffdln.txt")


def test_a_named_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(ArticleError, match="named pipe"):
        load_articles([tmp_path / "pipe.txt"])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without end here")
def test_a_device_without_end_is_too_large():
    with pytest.raises(ArticleError, match="too large"):
        load_articles([Path("/dev/zero")])


def test_a_missing_file_is_told_once(tmp_path):
    (tmp_path / "circle.txt").symlink_to("circle.txt")

    with pytest.raises(ArticleError) as refused:
        load_articles([tmp_path / "circle.txt"])
    assert str(refused.value).count("circle.txt") == 1


@pytest.mark.parametrize(
    "name", ["", " ", "\ud800", "\x01\n", "[/b]", "{{7*7}}", "-", "a" * 10_000, "🚂" * 999]
)
def test_no_name_breaks_the_gazetteer(gazetteer, name):
    assert isinstance(gazetteer.lookup(name), tuple)
    assert isinstance(gazetteer.near_misses(name), tuple)
    assert isinstance(gazetteer.exact(name), tuple)
    assert isinstance(gazetteer.folded(name), tuple)


@pytest.mark.usefixtures("gazetteer")
def test_a_long_unknown_name_is_not_repeated_in_full(capsys):
    assert main(["where", "x" * 10_000]) == 2
    assert len(capsys.readouterr().err) < 500


@pytest.mark.parametrize("port", ["-5", "0", "65536", "99999999", "x", "٣"])
def test_a_port_that_is_none_is_refused(capsys, port):
    with pytest.raises(SystemExit, match="2"):
        main(["open", f"--port={port}"])
    assert "65535" in capsys.readouterr().err


@pytest.mark.usefixtures("gazetteer", "network")
def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = command("read", str(tmp_path / "a.txt"), "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["articles"][0]["text"] == TEXT


@pytest.mark.usefixtures("gazetteer")
def test_a_table_prints_on_a_terminal_that_has_not_every_letter():
    done = command("where", "München", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == 0, done.stderr
    assert b"M?nchen" in done.stdout


@pytest.mark.usefixtures("gazetteer")
def test_a_reader_who_has_gone_is_no_mistake():
    here, there = os.pipe()
    os.close(here)
    done = command("where", "Frankfurt", stdout=there)
    os.close(there)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("words", [["where", "Linz"], ["where", "Linz", "--json"]])
@pytest.mark.usefixtures("gazetteer")
def test_a_full_disk_is_told(words):
    with Path("/dev/full").open("wb") as full:
        done = command(*words, stdout=full)

    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.usefixtures("gazetteer")
def test_a_mistake_that_cannot_be_told_is_still_one():
    with Path("/dev/full").open("wb") as full:
        done = command("where", "Xqzzyvwx", stderr=full)

    assert done.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.usefixtures("gazetteer", "network")
def test_an_answer_is_given_where_no_progress_can_be_shown(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = command("read", str(tmp_path), "--json", stderr=full)

    assert done.returncode == 0
    assert json.loads(done.stdout)["articles"][0]["text"] == TEXT


def test_a_folder_in_brackets_is_told_as_it_is_called(gazetteer, network, tmp_path):  # noqa: ARG001 - compiled
    home = tmp_path / "[" / "places]"  # `[/places]` would close a style that was never opened
    home.mkdir(parents=True)
    for folder in (gazetteer.folder, compiled_railways()):
        (home / folder.name).symlink_to(folder)
    done = command("gazetteer", "build", LUFTLINIE_HOME=str(home))

    assert done.returncode == 0, done.stderr
    assert f"ready: {home / gazetteer.folder.name}" in done.stderr.decode().replace("\n", "")


@pytest.mark.parametrize("name", ["read", "check", "report"])
@pytest.mark.usefixtures("gazetteer", "network")
def test_an_article_gives_the_terminal_no_commands(name, tmp_path):
    file = tmp_path / "a\x1b[2J\u202eb.txt"
    file.write_text(f"Neues aus\x1b[31m Linz\n\nDort\x1b]0;x\x07 war es. {TEXT}\x9b2J", encoding="utf-8")
    done = command(name, str(file))
    told = (done.stdout + done.stderr).decode()

    assert "Linz" in told
    assert not set(told) & set("\x1b\x07\x9b\u202e")


@pytest.mark.usefixtures("gazetteer", "network")
def test_a_line_break_in_a_file_name_makes_no_line_of_its_own(tmp_path):
    (tmp_path / "a\nluftlinie: b.txt").write_text("", encoding="utf-8")

    (said,) = command("read", str(tmp_path)).stderr.decode().splitlines()
    assert said.endswith("a\ufffdluftlinie: b.txt: the file is empty")


@pytest.mark.parametrize("words", [["where", "\x1b[2JLinz"], ["read", "\x1b[2J.txt"]])
@pytest.mark.usefixtures("gazetteer")
def test_a_mistake_gives_the_terminal_no_commands(words):
    assert b"\x1b" not in command(*words).stderr


GOOD = '"id": 1, "text": "Berlin is big."'


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "[]",
        "null",
        "5",
        '"a"',
        "[" * 100_000,
        '{"text": "a"}',
        '{"id": 1}',
        '{"id": 1, "text": null}',
        '{"id": 1, "text": ["a"]}',
        '{"id": 1, "text": "\\ud800"}',
        f'{{{GOOD}, "lang": ["de"]}}',
        f'{{{GOOD}, "mentions": null}}',
        f'{{{GOOD}, "mentions": "x"}}',
        f'{{{GOOD}, "mentions": [5]}}',
        f'{{{GOOD}, "mentions": [{{}}]}}',
        f'{{{GOOD}, "mentions": [{{"start": "0", "end": "6"}}]}}',
        f'{{{GOOD}, "mentions": [{{"start": 0, "end": 6, "lat": 999, "lon": 0}}]}}',
        f'{{{GOOD}, "mentions": [{{"start": 0, "end": 6, "lat": NaN, "lon": 0}}]}}',
        f'{{{GOOD}, "mentions": [{{"start": 0, "end": 6, "lat": 5}}]}}',
        f'{{{GOOD}, "mentions": [{{"start": 0, "end": 6, "kind": ["literal"]}}]}}',
        f'{{{GOOD}, "quantities": [{{}}]}}',
        f'{{{GOOD}, "quantities": [{{"start": 0, "end": 6, "unit": {{}}}}]}}',
        f'{{{GOOD}, "claims": {{"a": 1}}}}',
        f'{{{GOOD}, "claims": [{{"start": 0, "end": 6, "anchor": 7}}]}}',
        f"{{{GOOD}}}\n{{{GOOD}}}",
    ],
)
def test_a_line_that_is_no_document_is_named(tmp_path, line):
    file = tmp_path / "gold.jsonl"
    file.write_text(f'{{"id": "sound", "text": "Rome."}}\n{line}\n', encoding="utf-8")

    with pytest.raises(DataFileError, match=r"gold\.jsonl:[23]: "):
        documents_of(file)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{{{GOOD}}}", encoding="utf-8-sig")

    assert list(documents_of(file)) == ["1"]
