"""Detection: what is passed over early would not have been taken later."""

import json
import math
from pathlib import Path

import pytest

from gazetteer.reading import detection
from gazetteer.reading.candidates import Form
from gazetteer.reading.company import Company
from gazetteer.reading.detection import detect, overlapping_groups
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Text, Words
from gazetteer.reading.weighing import Weights

ROOT = Path(__file__).parent.parent
CASES = json.loads((ROOT / "golden" / "mentions.json").read_text(encoding="utf-8"))
SEEDS = [file.read_text(encoding="utf-8") for file in sorted((ROOT.parent / "seeds").glob("*.txt"))]
TEXTS = [Text.of(case["text"]).plain for case in CASES] + [Text.of(text).plain for text in SEEDS]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_same_names_are_taken_where_nothing_is_called_hopeless(gazetteer, language, monkeypatch):
    finder, weights = Finder(gazetteer, Lexicon.of(language)), Weights.of(language)
    texts = [*TEXTS, "\n\n".join(TEXTS)]

    def taken():
        return [
            [(f.start, f.end, f.form, f.probability) for f in names]
            for names in (detect(text, Words.of(text), finder, weights)[0] for text in texts)
        ]

    early = taken()
    monkeypatch.setattr(detection, "hopeless_odds", lambda _weights: dict.fromkeys(Form, -math.inf))

    assert taken() == early


@pytest.mark.parametrize("language", ["de", "en"])
def test_company_never_adds_more_than_its_most(gazetteer, language):
    finder, weights = Finder(gazetteer, Lexicon.of(language)), Weights.of(language)
    text = "\n\n".join(TEXTS)
    words = Words.of(text)
    here = Surroundings.of(text, words, finder.neighbours)
    groups = list(overlapping_groups(finder.find(text, words)))
    candidates = [candidate for group in groups for candidate in group]
    odds = [weights.log_odds(candidate, here, finder, group) for group in groups for candidate in group]
    company = Company(candidates, odds, finder.maps, here)

    assert all(
        weights.of_company(candidate, company, here, finder) <= weights.most_of_company[candidate.form] + 1e-9
        for candidate in candidates
    )


def test_what_a_code_weighs_does_not_depend_on_what_was_read_before(gazetteer):
    finder, weights = Finder(gazetteer, Lexicon.of("en")), Weights.of("en")
    other = "NY was said to be closed."

    def odds():
        text = "Police in Hudson, NY are looking for a man."
        words = Words.of(text)
        here = Surroundings.of(text, words, finder.neighbours)
        groups = overlapping_groups(finder.find(text, words))
        return [weights.log_odds(candidate, here, finder, group) for group in groups for candidate in group]

    words = Words.of(other)
    here = Surroundings.of(other, words, finder.neighbours)
    for group in overlapping_groups(finder.find(other, words)):
        for candidate in group:
            weights.log_odds(candidate, here, finder, group)
    behind_other = odds()
    finder, weights = Finder(gazetteer, Lexicon.of("en")), Weights.of("en")

    assert odds() == behind_other
