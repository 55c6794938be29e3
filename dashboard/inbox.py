"""Articles that come in: named at the start, uploaded, or pasted. Each bad one is reported, none is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from gazetteer.errors import ArticleError
from gazetteer.reading.articles import Article, article_from_text, load_articles


@dataclass(frozen=True, slots=True)
class Delivery:
    """What could be read, and a message for each file that could not."""

    articles: tuple[Article, ...]
    complaints: tuple[str, ...]


@st.cache_resource(show_spinner=False, max_entries=4)
def standing(paths: tuple[Path, ...]) -> Delivery:
    """Read the files and folders named at the start, each by itself, once for all visitors."""
    articles: list[Article] = []
    complaints: list[str] = []
    for path in paths:
        try:
            articles += load_articles([path])
        except ArticleError as error:
            complaints += str(error).splitlines()
            articles += _readable(path)
    return Delivery(tuple(articles), tuple(complaints))


def uploaded(files: Iterable[tuple[str, bytes]]) -> Delivery:
    """Read uploaded files, given as name and content."""
    articles: list[Article] = []
    complaints: list[str] = []
    for name, raw in files:
        try:
            articles.append(_from_bytes(name, raw))
        except ArticleError as error:
            complaints.append(str(error))
    return Delivery(tuple(articles), tuple(complaints))


def pasted(text: str, *, name: str) -> Delivery:
    """Read a pasted text."""
    try:
        return Delivery((article_from_text(text, source=name),), ())
    except ArticleError as error:
        return Delivery((), (str(error),))


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


def _readable(folder: Path) -> list[Article]:
    """Return what a folder holds beside the file that could not be read."""
    articles: list[Article] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            articles += load_articles([file]) if file.suffix.lower() == ".txt" else ()
        except ArticleError:
            continue  # the message about it is there already
    return articles


def _from_bytes(name: str, raw: bytes) -> Article:
    # The library reads files, with all its checks of size and encoding; an upload becomes one for a moment,
    # under a name of ours, since the visitor's may be anything.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload.txt"
        file.write_bytes(raw)
        try:
            (article,) = load_articles([file])
        except ArticleError as error:
            raise ArticleError(str(error).replace(str(file), name).replace(file.name, name)) from None
    return replace(article, id=Path(name).stem or "upload", source=name)
