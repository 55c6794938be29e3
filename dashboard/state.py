"""The one module that knows the keys of `st.session_state` and of the address bar.

The session holds what the visitor chose, never what can be computed from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.inbox import Delivery
from dashboard.messages import LANGUAGES
from dashboard.resources import online_from_start
from dashboard.scope import Scope, articles_in, own_among
from dashboard.selection import Selection, from_parameters
from gazetteer.journeys.journey import EventKind
from gazetteer.reading.articles import Article, Span

Told = tuple[EventKind, str | None, Span]
"""What tells a report, among whatever articles: what happened, at which place, and the sentence saying so."""

LANGUAGE_WIDGET: Final = "language"
ONLINE_WIDGET: Final = "online"
TILES_WIDGET: Final = "tiles"
TAB_WIDGET: Final = "tab"
MAP_WIDGET: Final = "map"
READER_WIDGET: Final = "reader"
SCOPE_WIDGET: Final = "scope"
ARTICLES_FILTER: Final = "filter_articles"
KINDS_FILTER: Final = "filter_kinds"
READINGS_FILTER: Final = "filter_readings"
CONFIDENCE_FILTER: Final = "filter_confidence"
CLAIMS_FILTER: Final = "filter_claims"
LAYERS_FILTER: Final = "filter_layers"
JOURNEY_WIDGET: Final = "journey"
UPLOAD_WIDGET: Final = "upload"
PASTE_WIDGET: Final = "paste"
ARTICLES_MENU: Final = "articles_menu"

_SELECTION: Final = "selection"
_MOVES: Final = "moves"
_SPENT: Final = "link_spent"
_ADDED: Final = "added"
_NEWEST: Final = "newest"
_REFUSAL: Final = "refusal"
_UPLOADED: Final = "uploaded"
_UPLOADS: Final = "uploads"
_MOMENT: Final = "moment"
_DOUBTED: Final = "doubted"
_LANGUAGE: Final = "spoken"
_LINK: Final = ("article", "place", "claim", "mention", "leg")


def language() -> str:
    """Return the interface's language: chosen, from the link, or the browser's."""
    for chosen in (
        st.session_state.get(LANGUAGE_WIDGET),
        st.query_params.get("lang"),
        st.session_state.get(_LANGUAGE),
    ):
        if chosen in LANGUAGES:
            st.session_state[_LANGUAGE] = chosen  # another page has neither the widget nor the link
            return str(chosen)
    spoken = (st.context.locale or "en").split("-")[0].lower()
    return spoken if spoken in LANGUAGES else "en"


def dark() -> bool:
    """Tell whether the visitor sees the dark theme."""
    return st.context.theme.type == "dark"


def online() -> bool:
    """Tell whether the visitor, or the environment, switched the online geocoder on."""
    return bool(st.session_state.get(ONLINE_WIDGET, online_from_start()))


def selection(catalogue: Catalogue) -> Selection:
    """Return the present view; a link that was just opened, or the back button, sets it anew."""
    link = {key: value for key, value in st.query_params.items() if key in _LINK}
    if _SELECTION not in st.session_state or link != st.session_state.get(_SPENT):
        st.session_state[_SPENT] = link
        st.session_state[_SELECTION] = from_parameters(link, catalogue)
        st.session_state[_MOVES] = moves() + 1
    present: Selection = st.session_state[_SELECTION]
    if present.article not in catalogue.articles:
        present = Selection(next(iter(catalogue.articles), None))
    return present


def scope() -> Scope:
    """Return which articles the visitor wants to see; all, until an article was added or opened."""
    return Scope(st.session_state.get(SCOPE_WIDGET, Scope.ALL))


def set_scope(chosen: Scope) -> None:
    """Let map, tables and downloads speak of these articles."""
    st.session_state[SCOPE_WIDGET] = chosen.value


def own_articles(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the articles that this visitor added."""
    return own_among(catalogue.analysis.articles, added_articles())


def in_view(catalogue: Catalogue) -> Catalogue:
    """Return what there is of the articles that the visitor wants to see."""
    forget_unknown(ARTICLES_FILTER, catalogue.articles)
    chosen = articles_in(
        scope(),
        catalogue.analysis.articles,
        opened=selection(catalogue).article,
        own=own_articles(catalogue),
        among=st.session_state.get(ARTICLES_FILTER, ()),
    )
    return catalogue.part(chosen)


def select(chosen: Selection) -> None:
    """Make this the present view and write it into the address bar."""
    st.session_state[_SELECTION] = chosen
    st.session_state[_MOVES] = moves() + 1
    link = chosen.parameters()
    st.session_state[_SPENT] = link
    for key in _LINK:
        if key in link:
            st.query_params[key] = link[key]
        elif key in st.query_params:
            del st.query_params[key]


def moves() -> int:
    """Return how often the view was chosen; map and text move when this number does."""
    return int(st.session_state.get(_MOVES, 0))


def moment(journey: str) -> dt.datetime | None:
    """Return the moment chosen for a journey, or None."""
    chosen: dict[str, dt.datetime] = st.session_state.get(_MOMENT, {})
    return chosen.get(journey)


def set_moment(journey: str, chosen: dt.datetime) -> None:
    """Choose a moment of a journey."""
    st.session_state[_MOMENT] = {**st.session_state.get(_MOMENT, {}), journey: chosen}


def doubted() -> frozenset[Told]:
    """Return the reports that the visitor does not trust."""
    reports: frozenset[Told] = st.session_state.get(_DOUBTED, frozenset())
    return reports


def doubt(reports: Collection[Told], *, among: Collection[Told]) -> None:
    """Doubt these reports, and trust the others among those that were asked about."""
    st.session_state[_DOUBTED] = (doubted() - frozenset(among)) | frozenset(reports)


def remember_language() -> None:
    """Write the chosen language into the address bar."""
    chosen = st.session_state.get(LANGUAGE_WIDGET)
    if chosen in LANGUAGES:
        st.query_params["lang"] = chosen


def forget_unknown(widget: str, options: Collection[str]) -> None:
    """Drop from a widget's several choices what is no longer offered, before the widget is shown."""
    chosen = st.session_state.get(widget, ())
    if gone := [option for option in chosen if option not in options]:
        st.session_state[widget] = [option for option in chosen if option not in gone]


def choose_known(widget: str, options: Sequence[str]) -> None:
    """Choose the first option where the one chosen is no longer offered, before the widget is shown."""
    if st.session_state.get(widget) not in options:
        st.session_state[widget] = options[0]


def added_articles() -> tuple[Article, ...]:
    """Return the articles this visitor uploaded or pasted."""
    added: tuple[Article, ...] = st.session_state.get(_ADDED, ())
    return added


def add_articles(articles: Sequence[Article]) -> None:
    """Keep articles for this session; a text that is there already is not kept twice."""
    known = {article.text for article in added_articles()}
    fresh = {article.text: article for article in articles if article.text not in known}
    st.session_state[_ADDED] = (*added_articles(), *fresh.values())
    if fresh:
        st.session_state[_NEWEST] = next(iter(fresh))
        set_scope(Scope.OWN if len(fresh) > 1 else Scope.OPEN)


def open_soon(article: Article) -> None:
    """Open an article in the next run, also one that was there before."""
    set_scope(Scope.OPEN)
    st.session_state[_NEWEST] = article.text


def open_newest(catalogue: Catalogue) -> None:
    """Open the article that was just added, once."""
    text = st.session_state.pop(_NEWEST, None)
    found = next((article.id for article in catalogue.analysis.articles if article.text == text), None)
    if found is not None:
        select(Selection(found, fit=True))


def drop_articles() -> None:
    """Forget what this visitor uploaded or pasted, and empty the upload field."""
    st.session_state[_UPLOADS] = uploads() + 1
    drop_texts({article.text for article in added_articles()})


def drop_texts(texts: Collection[str]) -> None:
    """Forget those of the visitor's articles that have one of these texts."""
    st.session_state[_ADDED] = tuple(article for article in added_articles() if article.text not in texts)
    if texts and not added_articles():
        set_scope(Scope.ALL)


def uploaded() -> dict[str, Delivery]:
    """Return what was read of each file in the upload field, by the field's number of the file."""
    present: dict[str, Delivery] = st.session_state.get(_UPLOADED, {})
    return present


def set_uploaded(present: dict[str, Delivery]) -> None:
    """Keep what was read of each file that is in the upload field now."""
    st.session_state[_UPLOADED] = present


def pasted() -> str:
    """Return the text in the field for pasting."""
    return str(st.session_state.get(PASTE_WIDGET) or "")


def close_articles_menu() -> None:
    """Close the menu where articles come in, so that the text just added can be seen."""
    st.session_state[ARTICLES_MENU] = False


def refuse(why: str) -> None:
    """Keep, for the next run, why a pasted text was not taken."""
    st.session_state[_REFUSAL] = why


def refusal() -> str:
    """Return why the text just pasted was not taken, once; else nothing."""
    return str(st.session_state.pop(_REFUSAL, ""))


def uploads() -> int:
    """Return how often the upload field was emptied; a new number is a new, empty field."""
    return int(st.session_state.get(_UPLOADS, 0))
