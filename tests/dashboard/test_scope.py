"""Of which articles map, tables and downloads speak."""

import pytest

from dashboard.scope import Scope, articles_in, own_among, scopes_of
from gazetteer.reading.articles import article_from_text

ONE, TWO, THREE, FOUR = (
    article_from_text(f"Hamm und Unna, zum {number}. Mal", source=f"{name}.txt")
    for number, name in enumerate(("eins", "zwei", "drei", "vier"))
)


def test_of_one_article_there_is_nothing_to_choose():
    assert scopes_of([ONE], ["eins"]) == ()


@pytest.mark.parametrize(
    ("own", "offered"),
    [
        ([], (Scope.OPEN, Scope.ALL)),
        (["drei"], (Scope.OPEN, Scope.ALL)),
        (["zwei", "drei"], (Scope.OPEN, Scope.OWN, Scope.ALL)),
        (["eins", "zwei", "drei"], (Scope.OPEN, Scope.ALL)),
    ],
)
def test_only_scopes_that_differ_are_offered(own, offered):
    assert scopes_of([ONE, TWO, THREE], own) == offered


def test_ones_own_articles_are_told_by_their_texts():
    assert own_among([ONE, TWO, THREE], [TWO]) == ("zwei",)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.OPEN, ("vier",)),
        (Scope.OWN, ("zwei", "drei")),
        (Scope.ALL, ("eins", "vier")),
    ],
)
def test_a_scope_holds_its_articles_in_the_order_given(scope, expected):
    found = articles_in(
        scope, [ONE, TWO, THREE, FOUR], opened="vier", own=["drei", "zwei"], among=["vier", "eins"]
    )

    assert found == expected


def test_a_scope_that_is_not_offered_means_all():
    found = articles_in(Scope.OWN, [ONE, TWO], opened="eins", own=["zwei"], among=())

    assert found == ("eins", "zwei")
