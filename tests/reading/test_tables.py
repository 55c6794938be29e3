"""Packaged tables."""

import gzip
import json

import pytest

from gazetteer.errors import DataFileError
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
