"""Where the languages lie."""

import os
import subprocess
import sys

import pytest

from gazetteer.reading.folders import NEEDED, SETTING, languages, with_words_for


def languages_told(folder):
    """Return what a program prints that asks for the languages, with a folder of further ones."""
    asked = "from gazetteer.reading.folders import languages; print(*languages())"
    return subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {SETTING: str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_is_a_language():
    assert languages() == ("de", "en")


def test_a_language_without_a_table_of_numbers_borrows_one():
    assert with_words_for("xx", "quantities.toml") == "en"


def test_a_language_with_a_table_of_numbers_uses_it():
    assert with_words_for("de", "quantities.toml") == "de"


def test_a_folder_elsewhere_adds_a_language(tmp_path):
    (tmp_path / "nl").mkdir()
    for file in NEEDED:
        (tmp_path / "nl" / file).touch()
    (tmp_path / "notes").mkdir()

    assert languages_told(tmp_path).stdout == "de en nl\n"


@pytest.mark.parametrize(
    ("made", "fault"),
    [("nl", "nl: language.toml and cues.toml and words.tsv.gz missing"), (None, "expected a folder")],
)
def test_a_folder_that_holds_no_language_is_refused(made, fault, tmp_path):
    if made:
        (tmp_path / made).mkdir()

    assert fault in languages_told(tmp_path if made else tmp_path / "nothing").stderr


def test_the_sign_of_an_unknown_language_is_no_language(tmp_path):
    (tmp_path / "und").mkdir()

    assert "stands for one that is not read" in languages_told(tmp_path).stderr


def test_a_folder_that_cannot_be_opened_is_told_with_its_reason(tmp_path):
    told = languages_told(tmp_path / ("n" * 5_000)).stderr

    assert "cannot be opened: File name too long" in told
