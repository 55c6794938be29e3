"""Cutting sentences into clauses."""

from __future__ import annotations

from gazetteer.journeys.clauses import clauses_of
from gazetteer.reading.articles import article_from_text
from gazetteer.reading.reader import read_article


def test_a_sentence_without_end_is_cut_into_clauses_that_end(gazetteer):
    text = "Der Zug nach Berlin ist am Montag angekommen. " + "er reiste von Berlin nach Paris " * 200
    (*_, endless) = clauses_of(read_article(article_from_text(text, source="a.txt"), gazetteer))

    assert len(endless.clauses) >= 15
    assert max(len(clause.tokens) for clause in endless.clauses) <= 80
