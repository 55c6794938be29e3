"""What must stand in a language's tables."""

import re
import tomllib
from pathlib import Path

import pytest

from gazetteer.errors import DataFileError
from gazetteer.reading.fields import completed
from gazetteer.reading.folders import packaged_folder

PACKAGE = Path(__file__).parents[2] / "gazetteer"
FIELDS = {
    "thousands": "needed text",
    "places": {"nouns": "needed words", "roads": "words", "written_together": "flag"},
    "cardinals": {"*": "number"},
}
WHOLE = {"thousands": ".", "places": {"nouns": "stad dorp"}, "cardinals": {"twee": 2}}


def test_what_is_left_out_is_empty():
    assert completed(WHOLE, FIELDS, "nl/x.toml")["places"] == {
        "nouns": "stad dorp",
        "roads": "",
        "written_together": False,
    }


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        ({}, "the section [places] is missing"),
        (WHOLE | {"places": {}}, "[places] nouns is missing; expected words between quotation marks"),
        (WHOLE | {"places": {"nouns": ""}}, "[places] nouns is empty"),
        (WHOLE | {"places": {"nouns": ["stad"]}}, "[places] nouns: expected words between quotation marks"),
        (
            WHOLE | {"places": {"nouns": "stad", "rods": "A"}},
            "[places] rods: no such field; roads is meant?",
        ),
        (WHOLE | {"cardinal": {}}, "cardinal: no such section; cardinals is meant?"),
        (WHOLE | {"cardinals": {"twee": "2"}}, "[cardinals] twee: expected a number"),
        (WHOLE | {"cardinals": {"twee": True}}, "[cardinals] twee: expected a number"),
        (WHOLE | {"places": "stad"}, "places: expected a section"),
        ({name: WHOLE[name] for name in ("places", "cardinals")}, "thousands is missing; expected a text"),
    ],
)
def test_a_fault_names_file_and_field(tables, fault):
    with pytest.raises(DataFileError) as told:
        completed(tables, FIELDS, "nl/x.toml")

    assert f"nl/x.toml: {fault}" in str(told.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(DataFileError) as told:
        completed({}, FIELDS, "nl/x.toml")

    assert len(str(told.value).splitlines()) == 3


def test_a_table_that_is_not_described_is_taken_as_it_is():
    assert completed({"any": 1}, {}, "x.toml") == {"any": 1}


@pytest.mark.parametrize("span", [[2], [2, "9"], 2, [2, 5, 9]])
def test_a_span_is_two_numbers(span):
    with pytest.raises(DataFileError, match=r"\[vague\] enkele: expected two numbers"):
        completed({"vague": {"enkele": span}}, {"vague": {"*": "span"}}, "nl/x.toml")


@pytest.mark.parametrize(
    ("table", "asking"),
    [
        ("cues.toml", r'cue\("(\w+)", "(\w+)"\)'),
        (
            "relations.toml",
            r"""(?:either|is_said|(?:cues|known)\.words|_follows)\([^"'()]*["'](\w+)["'], ["'](\w+)["']\)""",
        ),
    ],
)
def test_every_field_that_is_asked_for_is_described(table, asking):
    code = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    fields = tomllib.loads(packaged_folder().joinpath("fields", table).read_text(encoding="utf-8"))

    asked = {pair for pair in re.findall(asking, code) if pair[1] not in fields.get(pair[0], {})}

    assert not asked


@pytest.mark.parametrize("section", ["words", "prepositions", "certainty"])
def test_every_word_of_travelling_that_is_asked_for_is_described(section):
    code = "\n".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "journeys").rglob("*.py"))
    fields = tomllib.loads(packaged_folder().joinpath("fields", "events.toml").read_text(encoding="utf-8"))

    asked = set(re.findall(rf'\b{section}\["(\w+)"\]', code))

    assert asked <= fields[section].keys()


def test_faults_are_told_in_the_same_order_each_time():
    unknown = {f"field{number}": "" for number in range(20)}

    with pytest.raises(DataFileError) as told:
        completed({"places": unknown}, {"places": {}}, "nl/x.toml")

    assert str(told.value).splitlines() == [f"nl/x.toml: [places] {name}: no such field" for name in unknown]


def test_what_is_none_of_the_texts_understood_is_refused():
    with pytest.raises(DataFileError, match=r"\[vehicles\] trein: expected one of rail, road, got 'rails'"):
        completed({"vehicles": {"trein": "rails"}}, {"vehicles": {"*": "text: rail road"}}, "nl/x.toml")
