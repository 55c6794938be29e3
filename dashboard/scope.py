"""The scope: which articles map, tables and downloads speak of; the open one, the visitor's own, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from gazetteer.reading.articles import Article


class Scope(StrEnum):
    """Of which articles the page speaks."""

    OPEN = "open"
    OWN = "own"
    ALL = "all"


def own_among(articles: Sequence[Article], added: Collection[Article]) -> tuple[str, ...]:
    """Return the ids of the articles that the visitor added, which are told by their texts."""
    texts = {article.text for article in added}
    return tuple(article.id for article in articles if article.text in texts)


def scopes_of(articles: Sequence[Article], own: Collection[str]) -> tuple[Scope, ...]:
    """Return the scopes that differ from each other; of a single article there is nothing to choose."""
    if len(articles) < 2:
        return ()
    several = 1 < len(own) < len(articles)
    return (Scope.OPEN, *((Scope.OWN,) if several else ()), Scope.ALL)


def articles_in(
    scope: Scope,
    articles: Sequence[Article],
    *,
    opened: str | None,
    own: Collection[str],
    among: Collection[str],
) -> tuple[str, ...]:
    """Return the ids of the articles in a scope, in the order given.

    Args:
        scope: Which articles are wanted; one that is not offered means all.
        articles: All there are.
        opened: The id of the article in the reader.
        own: The ids of the articles that the visitor added.
        among: The ids that the filter names, of which `ALL` is made; nothing names all.
    """
    wanted: Collection[str] = ()
    if scope in scopes_of(articles, own):
        wanted = {Scope.OPEN: (opened,) if opened else (), Scope.OWN: own, Scope.ALL: among}[scope]
    return tuple(article.id for article in articles if not wanted or article.id in wanted)
