"""The interface's wording."""

import ast
import re
import string
from pathlib import Path

import pytest

import dashboard
from dashboard.messages import LANGUAGES, Messages
from gazetteer.claims.claim import Facet, Relation, Verdict
from gazetteer.journeys.journey import Certainty, Mode
from gazetteer.places.entries import Feature
from gazetteer.reading.mentions import Kind, Reading

ALL = {language: Messages.load(language) for language in LANGUAGES}
TABLES = {
    "facet": Facet,
    "relation": Relation,
    "verdict": Verdict,
    "certainty": Certainty,
    "mode": Mode,
    "feature": Feature,
    "kind": Kind,
    "reading": Reading,
}


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_says_the_same_things():
    german, english = ALL["de"].texts, ALL["en"].texts

    assert set(german) == set(english)
    assert {key: fields(text) for key, text in german.items()} == {
        key: fields(text) for key, text in english.items()
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_closed_set_has_its_word(table):
    for messages in ALL.values():
        assert set(messages.table(table)) == {member.value for member in TABLES[table]}


def test_every_text_the_code_asks_for_is_there():
    asked = set()
    for source in Path(dashboard.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "words"
                and isinstance(node.args[0], ast.Constant)
            ):
                asked.add(node.args[0].value)

    assert asked - set(ALL["en"].texts) == set()


def test_every_word_the_reader_component_asks_for_is_there():
    script = (Path(dashboard.__file__).parent / "assets" / "reader.js").read_text(encoding="utf-8")

    assert set(re.findall(r"words\.(\w+)", script)) <= set(ALL["de"].table("reader"))


@pytest.mark.parametrize(
    ("language", "value", "digits", "written"),
    [
        ("de", 1180.5, 1, "1.180,5"),
        ("en", 1180.5, 1, "1,180.5"),
        ("de", -4.5, 1, "−4,5"),
        ("en", 683, 0, "683"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, value, digits, written):
    assert ALL[language].number(value, digits) == written


def test_an_unknown_language_reads_english():
    assert Messages.load("xx").language == "en"
