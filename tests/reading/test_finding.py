"""Finding: nothing that stands in the gazetteer as written is missed."""

import json
from pathlib import Path

import pytest

from gazetteer.reading.candidates import Form
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Text, Words

CASES = json.loads((Path(__file__).parent.parent / "golden" / "mentions.json").read_text(encoding="utf-8"))
ODD = [
    "New York City Hall",
    "St. Gallen, St.-Gallen",
    "Köln\u0301 am Rhein",
    "O'Fallon’s San",
    "Bad Bad Homburg v. d.",
]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_name_that_begins_at_a_capitalised_word_is_a_candidate(gazetteer, language):
    finder = Finder(gazetteer, Lexicon.of(language))
    never = finder.lexicon.cue("organisations", "never_places")
    endings = finder.profiles.genitives
    for plain in [Text.of(case["text"]).plain for case in CASES] + [Text.of(text).plain for text in ODD]:
        words = Words.of(plain)
        found = list(finder.find(plain, words))
        spans = {(f.start, f.end) for f in found if f.form in {Form.NAME, Form.PART}}

        for word, start in zip(words.words, words.starts, strict=True):
            if word[0].isupper() and len(word) > 1 and word.lower() not in never:
                ends = [end for end, _ in gazetteer.names_at(plain, start, endings=endings)]
                closed = {
                    min(e for e in words.ends if e > end) if plain[end : end + 1].isalnum() else end
                    for end in ends
                }
                assert {(start, end) for end in closed if end > start + 2} <= spans


def test_candidates_come_by_start_and_the_longest_first(gazetteer):
    text = "In der Berliner Straße in Frankfurt am Main-Höchst und am Flughafen Hannover-Langenhagen"
    found = list(Finder(gazetteer, Lexicon.of("de")).find(text, Words.of(text)))

    assert [(f.start, -f.end) for f in found] == sorted((f.start, -f.end) for f in found)
    assert len({(f.start, f.end, f.form) for f in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "roads"),
    [
        ("The truck left U.S. 98 at Ky. 80.", {"U.S. 98", "Ky. 80"}),
        ("The M25 and US 52.", {"M25", "US 52"}),
        ("So says the U.S. ² and M² too.", set()),
    ],
    ids=["abbreviated", "lettered", "footnotes"],
)
def test_a_road_is_told_by_its_number_and_not_by_a_footnote(text, roads, gazetteer):
    found = Finder(gazetteer, Lexicon.of("en")).find(text, Words.of(text))

    assert {f.name for f in found if f.shape.startswith("road ")} == roads


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_kept_of_a_word_alone_is_what_is_found_of_it_in_its_place(gazetteer, language):
    texts = [Text.of(case["text"]).plain for case in CASES] + [Text.of(text).plain for text in ODD]
    finder = Finder(gazetteer, Lexicon.of(language))

    def found():
        return [
            [
                (f.start, f.end, f.form, f.first, f.last, f.places, f.name, f.container_end, f.shape)
                for f in each
            ]
            for each in (finder.find(text, Words.of(text)) for text in texts)
        ]

    kept = found()
    for profile in filter(None, finder.profiles.values()):
        profile.steady = False

    assert found() == kept
