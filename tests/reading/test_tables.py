"""Packaged tables."""

import gzip
import json
import os
import shutil
import subprocess
import sys

import marisa_trie
import pytest

from gazetteer.errors import DataFileError
from gazetteer.reading.folders import SETTING, packaged_folder
from gazetteer.reading.tables import packaged, weights_in


@pytest.mark.parametrize(
    "parse",
    [
        lambda _: json.loads("{"),
        lambda _: json.loads("[" * 100_000),
        lambda _: {}["weights"],
        lambda _: [].items(),
        lambda _: gzip.decompress(b"\x1f\x8b"),
        lambda file: (file / "missing").read_bytes(),
    ],
)
def test_a_fault_bears_the_name_of_its_file(parse):
    with pytest.raises(DataFileError, match=r"en.cues\.toml: damaged"), packaged("en", "cues.toml") as file:
        parse(file)


def test_a_fault_is_told_of_the_innermost_file():
    with pytest.raises(DataFileError) as told, packaged("de", "cues.toml"), packaged("en", "words.tsv.gz"):
        raise KeyError

    assert "cues.toml" not in str(told.value)


@pytest.mark.parametrize("weight", ["1", None, float("nan"), float("inf")])
def test_what_is_no_finite_number_is_no_weight(weight):
    with pytest.raises((TypeError, ValueError)):
        weights_in({"capital": weight})


def told_of(home):
    """Return what loading English says where its folder lies in another one."""
    return subprocess.run(
        [sys.executable, "-c", "from gazetteer.languages_read import load_tables; load_tables('en')"],
        env=os.environ | {SETTING: str(home)},
        capture_output=True,
        text=True,
        check=False,
    ).stderr


TABLES = {
    "words.tsv.gz": (b"der\t7x\n", "expected two digits behind 'der', got '7x'"),
    "word_classes.marisa.gz": (
        marisa_trie.RecordTrie("<B", [("der", (1,))]).tobytes(),
        "unpack requires a buffer of 2 bytes",
    ),
    "detection.json": (b'{"weights": {}, "threshold": NaN}', "a weight is not finite"),
    "events.json": (
        b'{"weights": {"bias": [1, 2, 3, 4]}, "told_from": 0.8, "doubted_below": 0.3}',
        "not enough values to unpack (expected 5, got 4)",
    ),
    "metonymy.json": (b'{"weights": {"actor": {"bias": NaN}}}', "a weight is not finite"),
}


def test_word_classes_are_looked_through_to_the_last(tmp_path):
    shutil.copytree(str(packaged_folder().joinpath("en")), tmp_path / "en")
    paths = marisa_trie.BytesTrie([("der", b"\x01\x02"), ("zug", b"\x01")])
    (tmp_path / "en" / "word_classes.marisa.gz").write_bytes(gzip.compress(paths.tobytes()))

    assert "word_classes.marisa.gz: damaged" in told_of(tmp_path)


@pytest.mark.parametrize("file", TABLES)
def test_a_table_of_another_form_is_refused_before_a_text_is_read(file, tmp_path):
    stored, fault = TABLES[file]
    shutil.copytree(str(packaged_folder().joinpath("en")), tmp_path / "en")
    (tmp_path / "en" / file).write_bytes(gzip.compress(stored) if file.endswith(".gz") else stored)

    assert f"DataFileError: {tmp_path / 'en' / file}: damaged (ValueError: {fault})" in told_of(tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        *((language, file) for language in ("de", "en") for file in ("detection.json", "events.json")),
        ("resolution.json",),
    ],
    ids="-".join,
)
def test_no_weights_were_learned_from_what_is_held_out(path):
    with packaged(*path) as file:
        learned_from = json.loads(file.read_text(encoding="utf-8"))["learned_from"]

    assert learned_from
    assert "held_out" not in str(learned_from)
