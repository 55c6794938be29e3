"""Phrases that stand for a place named before."""

import pytest

from gazetteer.reading.articles import article_from_text
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import read_article


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Minister reiste nach Minsk. Dort sprach er vor Studenten.", [("Dort", "Minsk")]),
        ("Sie lebt in Lissabon. Die Stadt ist teuer, und die Mieten steigen.", [("Die Stadt", "Lissabon")]),
        ("He flew to Lisbon on Monday. The city was hot, and he stayed there.", [("The city", "Lisbon")]),
        ("The army left Herat. There is no water, and there are no doctors.", []),
        ("Er fuhr von Minsk nach Warschau. Dort blieb er.", []),
        ("Er war in Minsk. Die Stadt Warschau kennt er nicht.", []),
    ],
)
def test_only_a_place_that_stands_alone_is_meant(gazetteer, text, found):
    reading = read_article(article_from_text(text, source="a.txt"), gazetteer)

    anaphors = [(r.mention.surface, r.entry.label(reading.article.language)) for r in reading.anaphors]
    assert anaphors[: len(found) or None] == found
    assert all(r.mention.kind is Kind.ANAPHOR for r in reading.anaphors)


def test_anaphors_stand_among_the_names_in_text_order(gazetteer):
    text = "Der Zug erreichte Minsk am Abend. Dort warteten Helfer aus Polen."
    reading = read_article(article_from_text(text, source="a.txt"), gazetteer)

    assert [r.mention.surface for r in reading.in_order()] == ["Minsk", "Dort", "Polen"]


def test_a_text_in_capitals_gives_its_own_letters(gazetteer):
    text = "DER MINISTER REISTE NACH MINSK. DORT SPRACH ER VOR STUDENTEN."
    (anaphor,) = read_article(article_from_text(text, source="a.txt"), gazetteer).anaphors

    assert anaphor.mention.surface == "DORT"
