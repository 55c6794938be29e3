"""Articles that come in: named at the start, uploaded, or pasted. Each bad one is reported, none is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from gazetteer.errors import ArticleError
from gazetteer.reading.articles import Article, article_from_bytes, article_from_text, load_readable
from gazetteer.wording import Wording


@dataclass(frozen=True, slots=True)
class Delivery:
    """What could be read, and a message for each file that could not."""

    articles: tuple[Article, ...]
    complaints: tuple[Wording, ...]


@st.cache_resource(show_spinner=False, max_entries=4)
def standing(paths: tuple[Path, ...]) -> Delivery:
    """Read the files and folders named at the start, each by itself, once for all visitors."""
    loaded = load_readable(paths)
    return Delivery(loaded.articles, loaded.left_out)


def uploaded(files: Iterable[tuple[str, bytes]]) -> Delivery:
    """Read uploaded files, given as name and content."""
    articles: list[Article] = []
    complaints: list[Wording] = []
    for name, raw in files:
        try:
            article = article_from_bytes(raw, source=name)
        except ArticleError as error:
            complaints += error.complaints
            continue
        articles.append(replace(article, id=Path(name).stem or "upload"))
    return Delivery(tuple(articles), tuple(complaints))


def pasted(text: str, *, name: str) -> Delivery:
    """Read a pasted text."""
    try:
        return Delivery((article_from_text(text, source=name),), ())
    except ArticleError as error:
        return Delivery((), error.complaints)


def gathered(standing: Sequence[Article], added: Sequence[Article]) -> tuple[Article, ...]:
    """Join the articles named at the start and those added to them.

    Ids are made unique by a number behind them; what is added with a text that is there already would be
    counted twice and is left out.
    """
    taken: set[str] = set()
    joined = []
    texts = {article.text for article in standing}
    for article in (*standing, *(one for one in added if one.text not in texts)):
        name, number = article.id, 2
        while name in taken:
            name, number = f"{article.id}-{number}", number + 1
        taken.add(name)
        joined.append(article if name == article.id else replace(article, id=name))
    return tuple(joined)
