"""Scoring: counts that can be checked by hand."""

import pytest

from gazetteer.reading.scoring import (
    FARTHEST_KM,
    Score,
    detection,
    error_auc,
    kind_agreement,
    pairs,
    placing,
    reliability,
)


def documents(*mentions, **more):
    return {"d": {"id": "d", "text": "x" * 50, "mentions": list(mentions), **more}}


def mention(start, end, kind="literal", **more):
    return {"start": start, "end": end, "kind": kind, **more}


def test_exact_wants_the_same_span_and_overlap_any_shared_letter():
    gold, read = documents(mention(0, 5), mention(10, 15)), documents(mention(0, 5), mention(12, 20))

    assert detection(gold, read) == Score(1, 1, 1)
    assert detection(gold, read, exact=False) == Score(2, 0, 0)


def test_overlap_pairs_the_closest_fit_one_to_one():
    assert pairs([mention(0, 10)], [mention(8, 12), mention(0, 9)], exact=False) == [(0, 1)]


def test_what_touches_an_ignored_span_is_no_error():
    assert detection(documents(ignore=[{"start": 3, "end": 9}]), documents(mention(5, 7))) == Score(0, 0, 0)


def test_a_kind_the_corpus_does_not_annotate_is_no_error():
    gold = documents(mention(0, 5))

    assert detection(gold, documents(mention(0, 5), mention(10, 15, "derived"))) == Score(1, 0, 0)
    assert detection(gold, documents(mention(0, 5), mention(10, 15, "literal"))) == Score(1, 1, 0)


def test_optional_gold_is_never_missed():
    assert detection(documents(mention(0, 5, optional=True)), documents()) == Score(0, 0, 0)


def test_kinds_are_compared_where_the_span_is_the_same():
    gold = documents(mention(0, 5), mention(10, 15, "part"), mention(20, 25), mention(30, 35, optional=True))
    read = documents(mention(0, 5), mention(10, 15), mention(20, 26), mention(30, 35))

    assert kind_agreement(gold, read) == (2, 1)


def test_nothing_found_where_nothing_was_is_perfect():
    assert Score(0, 0, 0).f1 == 1.0


def test_a_place_not_found_counts_as_the_farthest():
    gold = documents(mention(0, 5, lat=0.0, lon=0.0), mention(10, 15, lat=0.0, lon=0.0))
    read = documents(mention(0, 5, lat=0.0, lon=1.0, confidence=0.95))

    placed = placing(gold, read)

    assert placed.within_161_km == 0.5
    assert placed.within_10_km == 0.0
    assert placed.median_km == pytest.approx(111.2, abs=0.1)  # one degree of the equator on the mean sphere
    assert [(band.count, band.right) for band in reliability(gold, read)] == [(1, 1)]


@pytest.mark.parametrize(("errors", "auc"), [([0.0, 0.0], 0.0), ([FARTHEST_KM] * 3, 1.0)])
def test_the_area_runs_from_perfect_to_antipodes(errors, auc):
    assert error_auc(errors) == pytest.approx(auc, abs=1e-4)
