"""A third language is a folder: Dutch, read by the same code from the tables in `data/languages/nl`."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer.reading.folders import SETTING

DUTCH = Path(__file__).parent / "data" / "languages" / "nl"
FRENCH = "Le train est arrivé dans la ville, et les passagers sont descendus sur le quai avec des valises."


@pytest.fixture(scope="module")
def languages(tmp_path_factory):
    """Return a folder of further languages with Dutch in it, its word list packed as all are."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(DUTCH, folder / "nl")
    words = (DUTCH / "words.tsv").read_bytes()
    (folder / "nl" / "words.tsv.gz").write_bytes(gzip.compress(words, mtime=0))
    return folder


def run(languages, *arguments):
    """Run Python in a process of its own, since a process reads the folders of languages once."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=os.environ | {SETTING: str(languages)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def answer(languages, gazetteer, tmp_path_factory):  # noqa: ARG001 - the process needs it compiled
    """Return what the command says of a Dutch article and of a French one: the analysis, the warnings."""
    french = tmp_path_factory.mktemp("articles") / "french.txt"
    french.write_text(FRENCH, encoding="utf-8")
    command = ("-m", "gazetteer.cli", "read", DUTCH / "article.txt", french, "--json", "--lang", "en")
    told = run(languages, *command)
    assert not told.returncode, told.stderr
    return json.loads(told.stdout), told.stderr


@pytest.fixture(scope="module")
def analysis(answer):
    return answer[0]


def test_its_articles_are_told_by_their_words(analysis):
    assert [article["language"] for article in analysis["articles"]] == ["nl", "und"]


@pytest.mark.parametrize(
    ("surface", "kind", "place"),
    [
        ("Wladiwostok", "toponym", "Vladivostok"),
        ("Pyongyang", "toponym", "Pyongyang"),
        ("Rusland", "toponym", "Russia"),
        ("Chabarovsk", "toponym", "Khabarovsk"),
        ("Noord-Koreaanse", "demonym", "North Korea"),
        ("De stad", "anaphor", "Vladivostok"),
    ],
)
def test_its_places_are_found_and_resolved(surface, kind, place, analysis):
    labels = {row["id"]: row["label"] for row in analysis["places"]}
    found = [(m["kind"], labels.get(m["place"])) for m in analysis["mentions"] if m["surface"] == surface]

    assert found
    assert set(found) == {(kind, place)}


def test_ordinary_words_stay_what_they_are(analysis):
    surfaces = {mention["surface"] for mention in analysis["mentions"]}

    assert not surfaces & {"Kim", "De", "Trein", "Een", "Volgens"}


def test_its_distances_are_measured(analysis):
    claim = next(claim for claim in analysis["claims"] if claim["relation"] == "distance")

    assert (claim["quantity"]["value"], claim["quantity"]["unit"]) == (680.0, "km")
    assert (claim["direction"]["word"], claim["direction"]["bearing_deg"]) == ("ten noorden", 0.0)
    assert {check["facet"]: check["verdict"] for check in claim["checks"]} == {
        "distance": "holds",
        "direction": "fails",
    }


def test_its_speeds_are_read(analysis):
    claim = next(claim for claim in analysis["claims"] if claim["relation"] == "speed")

    assert (claim["quantity"]["value"], claim["quantity"]["unit"]) == (60.0, "km/h")


def test_its_dates_are_read(analysis):
    assert analysis["articles"][0]["published"] == "2021-11-22"


def test_its_journeys_are_followed(analysis):
    labels = {row["id"]: row["label"] for row in analysis["places"]}
    journey = next(journey for journey in analysis["journeys"] if journey["traveller"] == "Kim Jong un")

    assert [(e["kind"], labels[e["place"]], e["from"][:10]) for e in journey["events"]] == [
        ("departure", "Pyongyang", "2021-11-21"),
        ("arrival", "Khabarovsk", "2021-11-24"),
    ]


def test_what_an_unread_language_is_told_names_it(answer):
    assert "Read are: German, English, Dutch." in answer[1]


@pytest.mark.parametrize("command", ["read", "check", "report"])
def test_the_answer_is_in_english(command, languages, gazetteer):  # noqa: ARG001 - as above
    told = run(languages, "-m", "gazetteer.cli", command, DUTCH / "article.txt")

    assert not told.returncode, told.stderr
    assert "north-east" in told.stdout


def test_the_command_says_what_it_is_read_for(languages, gazetteer):  # noqa: ARG001 - as above
    told = run(languages, "-m", "gazetteer.cli", "languages", "--lang", "en").stdout

    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert "nl Dutch places, demonyms, quantities, claims, dates, journeys" in lines


def test_its_name_is_printed_as_it_is_spelled(languages, gazetteer, tmp_path):  # noqa: ARG001 - as above
    shutil.copytree(languages / "nl", tmp_path / "nl")
    whole = (DUTCH / "language.toml").read_text(encoding="utf-8")
    (tmp_path / "nl" / "language.toml").write_text(whole.replace('"Dutch"', '"Dutch [/x]"'), encoding="utf-8")

    assert "Dutch [/x]" in run(tmp_path, "-m", "gazetteer.cli", "languages", "--lang", "en").stdout


def told_of(languages, tmp_path, file, text):
    """Return what loading a table says once its file holds another text."""
    shutil.copytree(languages / "nl", tmp_path / "nl")
    (tmp_path / "nl" / file).write_text(text, encoding="utf-8")
    return run(tmp_path, "-c", "from gazetteer.languages_read import load_tables; load_tables('nl')").stderr


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (
            ("quantities.toml", '= "km"', '= "kilometre"'),
            "no such unit: kilometre (km), kilometre (kilometer), kilometre (kilometers)",
        ),
        (("relations.toml", "(?:e?lijke?|waarts)", "(?:e?lijke?|"), "leaves a group open"),
        (("relations.toml", "(?:e?lijke?|waarts)", "(?:e?lijke?)+"), "repeats without end at `+`"),
        (("calendar.toml", "(?P<later>{number})", "(?P<later>{number}"), "leaves a group open"),
        (("calendar.toml", "(?P<later>{number})", r"(?P<later>(?:\\w|\\d){1,30})"), "might match in"),
        (
            ("calendar.toml", 'dag = "day"', 'dag = "dag"'),
            "[units] dag: expected one of day, week, month, year",
        ),
        (
            ("events.toml", "participle = [", "participles = ["),
            "[triggers.arrive] participles: no such field",
        ),
        (("events.toml", 'at = "arrival"', 'at = "aankomst"'), "aankomst: no such kind of event"),
        (("language.toml", '"mei", ', ""), "[masthead] months: expected 12 names, got 11"),
    ],
)
def test_a_fault_in_a_table_is_told_with_its_file(case, fault, languages, tmp_path):
    file, said, meant = case
    whole = (DUTCH / file).read_text(encoding="utf-8")
    assert said in whole

    told = " ".join(told_of(languages, tmp_path, file, whole.replace(said, meant)).split())

    assert file in told
    assert fault in told


@pytest.mark.parametrize(
    "file",
    ["language.toml", "cues.toml", "quantities.toml", "relations.toml", "calendar.toml", "events.toml"],
)
def test_an_emptied_table_is_refused(file, languages, tmp_path):
    assert f"{file}: the section [" in told_of(languages, tmp_path, file, "")


def test_a_table_that_was_cut_off_is_refused(languages, tmp_path):
    whole = (DUTCH / "relations.toml").read_text(encoding="utf-8")

    told = told_of(languages, tmp_path, "relations.toml", whole[: whole.index("[offset]")])

    assert "relations.toml: the section [offset] is missing" in told


def test_a_field_it_needs_is_named(languages, tmp_path):
    whole = (DUTCH / "relations.toml").read_text(encoding="utf-8")

    told = told_of(languages, tmp_path, "relations.toml", whole.replace('of = ["van"]\n', ""))

    assert "relations.toml: [position] of is missing; expected a list of texts" in told
