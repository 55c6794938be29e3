"""Candidates: those of a long text are packed, and come out as they went in."""

import pytest

from gazetteer.reading import detection
from gazetteer.reading.candidates import Form, Found, PackedCandidates
from gazetteer.reading.detection import detect
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Words
from gazetteer.reading.weighing import Weights

TEXT = "Von Frankfurt am Main nach München/Hamburg, durch die Berliner Straße und den Thüringer Wald. "


def found(start: int) -> Found:
    return Found(
        start, start + 6, Form.NAME, start // 7, start // 7, (start, 2), "Berlin", start + 6, "exact", 0.5
    )


def fields(candidate: Found) -> list[object]:
    return [getattr(candidate, name) for name in Found.__slots__]


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_packed_candidates_come_out_as_they_went_in(count):
    packed = PackedCandidates()

    packed.extend(found(7 * i) for i in range(count))

    assert len(packed) == count
    assert [fields(candidate) for candidate in packed] == [fields(found(7 * i)) for i in range(count)]


def test_a_name_spelled_like_a_form_leaves_the_form_what_it_is():
    named = Found(0, 4, Form.NAME, 0, 0, (), "part", 4, "exact")
    compound = Found(5, 9, Form.PART, 1, 1, (), "Berlin", 9, "compound")
    packed = PackedCandidates()

    packed.extend([*[named] * 2_000, *[compound] * 2_000])

    assert packed[2_500].form is Form.PART


@pytest.mark.parametrize("at", [0, 1_023, 1_024, 9_215, 9_216, 9_999, -1, -10_000])
def test_a_packed_candidate_is_found_by_its_number(at):
    packed = PackedCandidates()
    packed.extend(found(7 * i) for i in range(10_000))

    assert fields(packed[at]) == fields(found(7 * (at % 10_000)))


def test_a_number_behind_the_last_packed_candidate_is_an_index_error():
    packed = PackedCandidates()
    packed.extend([found(0)])

    with pytest.raises(IndexError):
        packed[1]


def test_the_same_names_are_taken_where_candidates_are_packed(gazetteer, monkeypatch):
    finder, weights = Finder(gazetteer, Lexicon.of("de")), Weights.of("de")
    text = 40 * TEXT
    plainly = [fields(f) for f in detect(text, Words.of(text), finder, weights)[0]]
    monkeypatch.setattr(detection, "_LONG", 0)

    packed = detect(text, Words.of(text), finder, weights)[0]

    assert [fields(f) for f in packed] == plainly
    assert isinstance(packed, PackedCandidates)
