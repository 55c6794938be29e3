"""A decomposed text is read like a composed one, and every span points into the file's own text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.analysis import analyse
from gazetteer.composition import Composition, compositions
from gazetteer.reading.articles import Article, Span, article_from_text

TEXT = "Die Stadt Görlitz liegt 90 Kilometer östlich von Dresden. Von Zürich ist es weit nach Köln."
LETTERS = st.text(st.sampled_from("aoöé \u0308\u0301\u1100\u1161\u11a8ßn."), max_size=40)


def article(text):
    return Article("a", "a.txt", "", "de", None, text)


def test_a_composed_text_needs_nothing():
    assert compositions([article(TEXT)]) == {}


@given(LETTERS)
def test_composing_cluster_by_cluster_is_composing(text):
    assert Composition(article(text)).composed.text == unicodedata.normalize("NFC", text)


@given(LETTERS)
def test_offsets_never_run_backwards_and_reach_both_ends(text):
    composition = Composition(article(text))
    offsets = [composition.original_offset(at) for at in range(len(composition.composed.text) + 1)]

    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert not offsets[:1] or offsets[0] in {0, len(text)}


def test_a_span_of_the_composed_text_is_found_in_the_files_own():
    decomposed = unicodedata.normalize("NFD", TEXT)
    start = TEXT.index("Görlitz")
    span = Composition(article(decomposed)).original_span(Span("a", start, start + len("Görlitz")))

    assert unicodedata.normalize("NFC", decomposed[span.start : span.end]) == "Görlitz"


def test_both_forms_of_a_text_say_the_same(gazetteer):
    decomposed = unicodedata.normalize("NFD", TEXT)
    ours, theirs = (
        analyse([article_from_text(text, source="a.txt")], gazetteer) for text in (TEXT, decomposed)
    )

    assert [claim.verdict for claim in theirs.claims] == [claim.verdict for claim in ours.claims] != []
    assert [claim.quote for claim in theirs.claims] == [
        unicodedata.normalize("NFD", claim.quote) for claim in ours.claims
    ]
    assert theirs.articles[0].text == decomposed
    for resolution in theirs.readings[0].resolutions:
        mention = resolution.mention
        assert decomposed[mention.span.start : mention.span.end] == mention.surface
