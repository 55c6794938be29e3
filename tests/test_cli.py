"""The command line: answers on standard output, mistakes in one line on standard error with exit code 2."""

from __future__ import annotations

import csv
import io
import json

import pytest

from gazetteer.cli import main
from tests.conftest import SEEDS

SEED = str(SEEDS / "001_3b1b3d35bfb344a8.txt")


@pytest.fixture(autouse=True)
def _compiled(gazetteer, network):
    """Commands find the compiled files in place."""


def run(capsys, *words):
    """Return exit code, standard output and standard error of one command."""
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["open", "--help"],
        ["read", "--help"],
        ["check", "--help"],
        ["report", "--help"],
        ["where", "--help"],
        ["route", "--help"],
        ["gazetteer", "build", "--help"],
        ["languages", "--help"],
        ["evaluate", "--help"],
    ],
)
def test_every_command_explains_itself(capsys, words):
    code, out, _ = run(capsys, *words)

    assert code == 0
    assert "usage: luftlinie" in out


def test_read_prints_the_contract(capsys):
    code, out, _ = run(capsys, "read", SEED, "--json")

    analysis = json.loads(out)
    assert code == 0
    assert analysis["schema"] == "luftlinie/analysis/1"
    assert [article["source"] for article in analysis["articles"]] == ["001_3b1b3d35bfb344a8.txt"]


def test_read_writes_what_it_prints(capsys, tmp_path):
    _, printed, _ = run(capsys, "read", SEED, "--json")
    code, out, _ = run(capsys, "read", SEED, "--json", "-o", str(tmp_path / "a.json"))

    assert code == 0
    assert out == ""
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize(
    "form", ["--geojson", "--csv", "--claims-csv", "--events-csv", "--tracks-geojson", "--gpx", "--kml"]
)
def test_read_has_a_form_for_other_programs(capsys, form):
    code, out, _ = run(capsys, "read", SEED, form)

    assert code == 0
    assert len(out) > 100


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.geojson", '{\n "type": "FeatureCollection"'),
        ("a.csv", "article,"),
        ("a.kml", "<?xml"),
        ("a.out", '{\n "schema"'),
    ],
)
def test_the_ending_of_the_output_tells_its_form(capsys, tmp_path, name, begins):
    code, _, _ = run(capsys, "read", SEED, "-o", str(tmp_path / name))

    assert code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").removeprefix("\ufeff").startswith(begins)


def test_the_overview_names_the_places(capsys):
    code, out, _ = run(capsys, "read", SEED, "--lang", "de")

    assert code == 0
    assert "Ussurijsk" in out


def test_check_prints_stated_and_computed(capsys):
    code, out, _ = run(capsys, "check", SEED, "--lang", "de")

    assert code == 0
    assert "nordwestlich" in out
    assert "938" in out


def test_where_prints_candidates(capsys):
    code, out, _ = run(capsys, "where", "Frankfurt")

    assert code == 0
    assert "Main" in out
    assert "Oder" in out


def test_where_says_how_far_off_a_village_known_by_its_town_may_be(capsys):
    _, out, _ = run(capsys, "where", "Gunnerside", "--lang", "en")

    assert "54.3, -2.2 ± 15" in " ".join(out.split())


def test_where_as_json_is_json(capsys):
    _, out, _ = run(capsys, "where", "Wladiwostok", "--json")

    assert json.loads(out)[0]["id"] == "geonames:2013348"


@pytest.mark.parametrize(
    ("name", "place"),
    [("Paris, Texas", "geonames:4717560"), ("London, Kanada", "geonames:6058560")],
)
def test_a_place_is_asked_for_by_name_and_area(capsys, name, place):
    _, out, _ = run(capsys, "where", name, "--json")

    assert [found["id"] for found in json.loads(out)] == [place]


@pytest.mark.parametrize(
    ("language", "named"), [("en", ["German", "journeys"]), ("de", ["Deutsch", "Reisen"])]
)
def test_languages_are_named_with_what_they_are_read_for(capsys, language, named):
    code, out, _ = run(capsys, "languages", "--lang", language)

    assert code == 0
    assert all(word in out for word in named)


@pytest.mark.parametrize(
    ("terminal", "head"),
    [("de_AT.UTF-8", "Einwohner"), ("en_GB.UTF-8", "people"), ("fr_FR", "people"), ("C.UTF-8", "Einwohner")],
)
def test_an_answer_without_articles_speaks_the_terminals_language(capsys, monkeypatch, terminal, head):
    monkeypatch.setenv("LC_ALL", terminal)

    _, out, _ = run(capsys, "where", "Wien")

    assert head in out


@pytest.mark.parametrize(
    ("language", "named"),
    [("de", ["Quellen der Orte", "km Gleis", "amtliche Strecken"]), ("en", ["place sources", "km of track"])],
)
def test_what_is_compiled_is_told_in_the_language_asked_for(capsys, language, named):
    code, out, _ = run(capsys, "gazetteer", "info", "--lang", language)

    assert code == 0
    assert all(words in out for words in named)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("de", ["Nennungen", "genau", "1,000", "Zeichen in der Sekunde"]),
        ("en", ["mentions", "exact", "1.000"]),
    ],
)
def test_scores_are_told_in_the_language_asked_for(capsys, tmp_path, language, named):
    gold = {"id": "a", "text": "Er fuhr nach Berlin.", "mentions": [{"start": 13, "end": 19}]}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(gold) + "\n", encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", str(file), "--alone", "--lang", language)

    assert code == 0
    assert all(words in out for words in named)


def test_what_programs_read_does_not_depend_on_the_terminal(capsys, monkeypatch):
    answers = []
    for terminal in ("de_DE.UTF-8", "en_GB.UTF-8"):
        monkeypatch.setenv("LC_ALL", terminal)
        answers.append(run(capsys, "where", "Wien", "--json")[1])

    assert answers[0] == answers[1]


def test_a_typo_is_answered_with_near_misses(capsys):
    code, out, err = run(capsys, "where", "Wladiwostock-")

    assert code in {0, 2}
    assert "Wladiwostok" in out + err


def test_an_unknown_place_is_an_error(capsys):
    code, out, err = run(capsys, "where", "Xqzzyplonk")

    assert code == 2
    assert out == ""
    assert "Xqzzyplonk" in err


def test_a_route_has_legs_and_a_total(capsys):
    code, out, _ = run(capsys, "route", "Pjöngjang", "Wladiwostok", "--via", "Chassan", "--json")

    route = json.loads(out)
    assert code == 0
    assert len(route["legs"]) == 2
    assert route["length_km"] == pytest.approx(sum(leg["length_km"] for leg in route["legs"]), abs=0.2)
    assert 1165 <= route["length_km"] <= 1190


def test_a_route_leads_to_towns_where_a_country_has_the_same_name(capsys):
    code, out, _ = run(capsys, "route", "Addis Abeba", "Dschibuti", "--json")

    assert code == 0
    assert json.loads(out)["legs"][0]["to"].startswith("geonames:")


def test_a_route_names_the_change_of_gauge(capsys):
    _, out, _ = run(capsys, "route", "Pjöngjang", "Wladiwostok", "--lang", "en")

    assert "change of gauge KP–RU" in out


def test_other_ways_are_longer(capsys):
    _, out, _ = run(capsys, "route", "Berlin", "München", "--alternatives", "1", "--json")

    first, second = json.loads(out)
    assert first["length_km"] < second["length_km"]


@pytest.mark.parametrize("option", ["--avoid", "--within"])
@pytest.mark.parametrize("code", ["DEU", "XX", "EU", ""])
def test_a_country_that_is_none_is_refused(capsys, option, code):
    exit_code, _, err = run(capsys, "route", "Berlin", "München", option, code)

    assert exit_code == 2
    assert "no country" in err


def test_a_country_is_named_in_small_letters_too(capsys):
    _, out, _ = run(capsys, "route", "Salzburg", "Innsbruck", "--within", "at", "--json")

    assert json.loads(out)["countries"] == ["AT"]


def test_alternatives_and_via_exclude_each_other(capsys):
    code, _, err = run(capsys, "route", "Berlin", "München", "--via", "Halle", "--alternatives", "1")

    assert code == 2
    assert "--via" in err


def test_a_broken_feature_of_own_lines_is_named_and_the_rest_used(capsys, tmp_path):
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": corners}}
        for corners in ([[13.4, 52.5], [13.5, 52.4]], [[13.4]])
    ]
    lines = tmp_path / "own.geojson"
    lines.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    code, out, err = run(capsys, "route", "Berlin", "Potsdam", "--lines", str(lines))

    assert code == 0
    assert "Potsdam" in out
    assert "feature 2" in err


def test_a_route_to_nowhere_is_an_error(capsys):
    code, _, err = run(capsys, "route", "Pjöngjang", "Xqzzyplonk")

    assert code == 2
    assert "Xqzzyplonk" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("binary.txt", bytes(range(256)) * 8),
        ("latin.txt", "Köln liegt am Rhein.".encode("latin-1")),
    ],
)
@pytest.mark.parametrize("command", ["read", "check", "report", "open"])
def test_bad_articles_are_named(capsys, tmp_path, command, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    code, out, err = run(capsys, command, str(tmp_path / name))
    assert code == 2
    assert out == ""
    assert name in err
    assert "Traceback" not in err


@pytest.fixture
def archive(tmp_path):
    """A folder of four files, of which two can be read."""
    (tmp_path / "gut.txt").write_text("Wien\n\nLinz liegt 155 km westlich von Wien.", encoding="utf-8")
    (tmp_path / "auch.txt").write_text("Rom\n\nRom liegt am Tiber in Italien.", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("Köln liegt am Rhein.".encode("latin-1"))
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    return tmp_path


@pytest.mark.parametrize("command", [["read", "--json"], ["read"], ["check"], ["report"]])
def test_bad_files_of_an_archive_are_left_out_and_named_at_the_end(capsys, archive, command):
    code, out, err = run(capsys, *command, str(archive), "--lang", "en")

    assert code == 3
    assert "155 km" in out
    assert [line.split(":")[1].strip() for line in err.splitlines()[:2]] == ["not read", "not read"]
    assert "latin.txt" in err
    assert "lost.txt" in err
    assert err.splitlines()[-1] == "luftlinie: 2 of 4 not read, the others are in the answer"


def test_the_contract_names_the_files_left_out(capsys, archive):
    _, out, _ = run(capsys, "read", str(archive), "--json", "--lang", "de")

    analysis = json.loads(out)
    assert [article["id"] for article in analysis["articles"]] == ["auch", "gut"]
    assert [warning.split(":")[0] for warning in analysis["warnings"]] == ["nicht gelesen", "nicht gelesen"]


def test_a_missing_file_does_not_keep_the_others_from_being_read(capsys, archive):
    code, out, err = run(capsys, "check", str(archive / "gut.txt"), str(archive / "fehlt.txt"))

    assert code == 3
    assert "155 km" in out
    assert "fehlt.txt" in err


def test_a_folder_without_articles_is_an_error(capsys, tmp_path):
    code, _, err = run(capsys, "read", str(tmp_path))

    assert code == 2
    assert str(tmp_path) in err


def test_an_unwritable_output_is_an_error(capsys, tmp_path):
    code, _, err = run(capsys, "read", SEED, "--json", "-o", str(tmp_path / "no" / "a.json"))

    assert code == 2
    assert "a.json" in err


def test_no_cell_of_a_csv_is_a_formula(capsys, tmp_path):
    article = tmp_path / "=cmd.txt"
    article.write_text(
        "=HYPERLINK() in Berlin.\n\n@Berlin +Moskau -Paris liegt 500 km von Berlin.", encoding="utf-8"
    )
    _, out, _ = run(capsys, "read", str(article), "--csv")

    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r")]


def test_article_text_is_never_markup_in_the_terminal(capsys, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("[red]Linz[/red] liegt 155 km westlich von [bold]Wien[/bold].", encoding="utf-8")
    code, out, _ = run(capsys, "check", str(article))

    assert code == 0
    assert "155 km" in out
