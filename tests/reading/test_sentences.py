"""Sentences: where they end, and that they lose no word."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.sentences import sentence_bounds, sentences_of


def cut(text, language="de"):
    return [text[start:end] for start, end in sentence_bounds(text, language=language)]


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("Er kam. Sie ging.", "de", ["Er kam.", "Sie ging."]),
        ("Am 18. Juni kam er. Sie ging.", "de", ["Am 18. Juni kam er.", "Sie ging."]),
        ("Am 18. und 19. Juni.", "de", ["Am 18. und 19. Juni."]),
        ("Das war 1999. Dann kam er.", "de", ["Das war 1999.", "Dann kam er."]),
        ("Er wohnt z. B. in St. Pölten. Er bleibt.", "de", ["Er wohnt z. B. in St. Pölten.", "Er bleibt."]),
        ("John F. Kennedy sprach.", "de", ["John F. Kennedy sprach."]),
        ("„Ich gehe.“ Dann ging er.", "de", ["„Ich gehe.“", "Dann ging er."]),
        ("„Was?“, fragte er. Nichts!", "de", ["„Was?“, fragte er.", "Nichts!"]),
        ("Titel ohne Punkt\n\nErster Satz.", "de", ["Titel ohne Punkt", "Erster Satz."]),
        ("Mr. X left St. Louis today. He is.", "en", ["Mr. X left St. Louis today.", "He is."]),
        ("The U.S. Army came. It left.", "en", ["The U.S. Army came.", "It left."]),
        ("He left the U.S. The army stayed.", "en", ["He left the U.S.", "The army stayed."]),
        ("George H.W. Bush came. He left.", "en", ["George H.W. Bush came.", "He left."]),
        ("It left at 9 a.m. Monday.", "en", ["It left at 9 a.m. Monday."]),
        ("It left at 9 a.m. Crews worked.", "en", ["It left at 9 a.m.", "Crews worked."]),
        ("She lives in Ada, Okla. They met.", "en", ["She lives in Ada, Okla.", "They met."]),
        ("Brot, Milch usw. Dann kam er.", "de", ["Brot, Milch usw.", "Dann kam er."]),
        ("", "de", []),
        (" \n\t\n", "de", []),
    ],
)  # fmt: skip
def test_sentences_end_where_readers_end_them(text, language, sentences):
    assert cut(text, language) == sentences


def test_lines_broken_by_a_margin_are_one_sentence():
    lines = [
        "Der Zug fuhr am Montag mit großer Verspätung in der Hauptstadt",
        "ein, nachdem er an der Grenze mehrere Stunden gestanden hatte,",
        "weil die Räder gewechselt werden mussten und niemand da war,",
        "der das konnte.",
    ]

    assert len(cut("\n".join(lines))) == 1


@given(st.text(alphabet='aB 1.!?\n„“"’)…é\u0301', max_size=200))
def test_every_word_lies_in_exactly_one_sentence(text):
    bounds = list(sentence_bounds(text, language="de"))

    assert all(a[1] <= b[0] for a, b in pairwise(bounds))
    for word in re.finditer(r"\w+", text):
        assert sum(start <= word.start() and word.end() <= end for start, end in bounds) == 1


def test_the_sentences_of_an_article_are_a_row_like_any_other():
    article = Article("a", "a.txt", "", "de", None, "Erster Satz. Zweiter Satz. Dritter.")
    row = (Sentence(Span("a", 0, 12)), Sentence(Span("a", 13, 26)), Sentence(Span("a", 27, 35)))

    sentences = sentences_of(article)

    assert sentences == row
    assert sentences[1:] == row[1:]
    assert sentences[-1] == row[-1]
    assert list(sentences.starts) == [0, 13, 27]
    assert list(sentences.back_from(1, 3)) == [(13, 26), (0, 12)]
