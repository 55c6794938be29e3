"""The reader: the article's text with its mentions and claims, and a card for what is in focus.

The component sets every word by `textContent`, so text stays text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import figures
from dashboard.cards import card
from dashboard.catalogue import Catalogue
from dashboard.map_scene import article_bounds
from dashboard.messages import Messages
from dashboard.passages import paragraphs
from dashboard.resources import asset
from dashboard.scenes import SCENES, address_of, written
from dashboard.selection import Selection
from dashboard.widgets import MAP_FRAME
from gazetteer.reading.mentions import Kind

PICKED = "picked"


@dataclass(frozen=True, slots=True)
class ReaderPick:
    """A click in a text component: what kind of thing, and its number or its passage."""

    kind: str
    number: int = 0
    article: str = ""
    start: int = 0
    end: int = 0


def view(
    selection: Selection, catalogue: Catalogue, words: Messages, *, moves: int, dark: bool
) -> dict[str, Any]:
    """Return all that the component shows."""
    article = catalogue.articles.get(selection.article or "")
    shown: dict[str, Any] = {
        "words": words.table("reader"),
        "card": card(selection, catalogue, words),
        "moves": moves,
        "dark": dark,
        "answer": MAP_FRAME,
        "article": None,
        "text": None,
    }
    if article is None:
        return shown
    published = figures.day(article.published, words) if article.published else ""
    shown |= {
        "article": article.id,
        "language": article.language,
        "byline": " · ".join(part for part in (article.source, published) if part),
        # What hampered the reading stands above the text: below the tables nobody would see it.
        "notices": catalogue.remembered(
            ("notices", article.id, words.language), lambda: notices(article.id, catalogue, words)
        ),
        "speech": words.language,
        # A long text is fetched once rather than sent at every click.
        "text": address_of(
            SCENES.keep(
                catalogue.remembered(("text", article.id), lambda: written(text_of(article.id, catalogue)))
            )
        ),
        "verdict_texts": words.table("verdict"),
        "focus": _focus(selection, catalogue),
    }
    return shown


def notices(article: str, catalogue: Catalogue, words: Messages) -> list[str]:
    """Return what hampered the reading of an article, and why the map shows nothing of it."""
    reading = catalogue.readings[article]
    warned = [warning.in_language(words.language) for warning in reading.warnings]
    if not reading.resolutions:
        missing = [] if warned else [words("nothing.found")]
    elif all(resolution.entry is None for resolution in reading.resolutions):
        missing = [words("nothing.placed")]
    elif article_bounds(catalogue, article) is None:
        return [*warned, words("nothing.shown")]
    else:
        return warned
    others = bool(catalogue.mentions_of)
    return [*warned, " ".join((*missing, words("nothing.others" if others else "nothing.at_all")))]


def text_of(article: str, catalogue: Catalogue) -> dict[str, Any]:
    """Return an article's text in runs, with the reading of each mention and the verdict of each claim."""
    mentions = {number: catalogue.mention(number).mention for number in catalogue.marks_in.get(article, ())}
    readings = {
        str(number): Kind.ANAPHOR.value if mention.kind is Kind.ANAPHOR else mention.reading.value
        for number, mention in mentions.items()
    }
    claims = catalogue.claims_in.get(article, ())
    return {
        "lines": paragraphs(catalogue, article),
        "readings": readings,
        "verdicts": {str(number): catalogue.claim(number).verdict.value for number in claims},
    }


def _focus(selection: Selection, catalogue: Catalogue) -> dict[str, Any]:
    place = selection.place or ""
    numbers = (*catalogue.mentions_of.get(place, ()), *catalogue.stand_ins_of.get(place, ()))
    spans = [catalogue.mention(number).mention.span for number in numbers]
    sentences = {catalogue.sentence_number(span) for span in spans if span.article == selection.article}
    scroll_sentence = None
    if selection.passage and selection.passage.article == selection.article:
        scroll_sentence = catalogue.sentence_number(selection.passage)
        sentences.add(scroll_sentence)
    return {
        "mentions": list(numbers),
        "sentences": sorted(number for number in sentences if number is not None),
        "mention": catalogue.mention_numbers.get(selection.mention or "", -1),
        "claim": catalogue.claim_numbers.get(selection.claim or "", -1),
        "sentence": -1 if scroll_sentence is None else scroll_sentence,
    }


_mount = st.components.v2.component("luftlinie_reader", css=asset("reader.css"), js=asset("reader.js"))


def show_reader(shown: dict[str, Any], *, key: str, on_pick: Callable[[], None]) -> None:
    """Show the component; `on_pick` runs before the next run of the page, when something was clicked."""
    _mount(key=key, data=shown, on_picked_change=on_pick)


def picked(key: str) -> ReaderPick | None:
    """Return what was clicked in a reader or a ledger, from inside `on_pick`."""
    state = st.session_state.get(key)
    return parse_pick(state.get(PICKED) if state else None)


def parse_pick(answer: Any) -> ReaderPick | None:  # noqa: ANN401, it comes from the browser
    """Return the click that the browser reported, or None when it is not one."""
    if not isinstance(answer, dict):
        return None
    kind, number = answer.get("kind"), answer.get("number", 0)
    if not isinstance(kind, str):
        return None
    if kind in {"mention", "claim", "place", "leg"} and _is_count(number):
        return ReaderPick(kind, number)
    article, start, end = answer.get("article"), answer.get("start", 0), answer.get("end", 0)
    if kind == "passage" and isinstance(article, str) and _is_count(start) and _is_count(end):
        return ReaderPick("passage", article=article, start=start, end=end)
    return ReaderPick("close") if kind == "close" else None


def _is_count(number: Any) -> bool:  # noqa: ANN401
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
