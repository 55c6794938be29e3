"""The main page: the articles, their places on the map, and what they claim, measured."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import inbox, state, toolbar
from dashboard.catalogue import Catalogue
from dashboard.journey_tab import titled
from dashboard.messages import Messages
from dashboard.resources import article_paths, messages, shelf
from dashboard.workspace import show_workspace
from gazetteer.errors import GazetteerError
from gazetteer.reading.articles import Article
from gazetteer.wording import Wording

_FEW: Final = 3  # complaints shown one by one; Streamlit would show a string here on the page


def show() -> None:
    """Read the inputs, have them analysed, and show map, text and tables."""
    words = messages(state.language())
    with toolbar.head(words):
        toolbar.show_articles_menu(words)
        downloads = st.container(width="content")
        toolbar.show_settings_menu(words)
        toolbar.show_link_control(words)
    standing = inbox.standing(article_paths())
    _show_complaints(standing.complaints, words)
    articles = inbox.gathered(standing.articles, state.added_articles())
    if state.online():
        st.warning(words("online.on"), icon=":material/cloud_upload:")
    if not articles:
        st.subheader(words("articles.none_title"), anchor=False)
        st.write(words("articles.none"))
        return
    try:
        catalogue = _analysed(articles, words)
    except GazetteerError as error:
        st.error(f"{words('error.title')}: {toolbar.plain(str(error))}")
        return
    state.open_newest(catalogue)
    part = state.in_view(catalogue)
    with downloads:
        toolbar.show_downloads_menu(part, words, all_articles=len(catalogue.articles))
    show_workspace(catalogue, words, told=tuple(part.articles))
    _show_warnings(part, words)


def _show_complaints(complaints: tuple[Wording, ...], words: Messages) -> None:
    """Say which files were not read; of many, without pushing the page away."""
    said = [toolbar.plain(complaint.in_language(words.language)) for complaint in complaints]
    if len(said) <= _FEW:
        for message in said:
            st.error(words("articles.not_read", message=message))
        return
    with st.expander(words("articles.several_not_read", count=len(said)), icon=":material/error:"):
        for message in said:
            st.write(message)


def _show_warnings(catalogue: Catalogue, words: Messages) -> None:
    warnings = catalogue.analysis.warnings
    if warnings:
        with st.expander(words("notices.heading", count=len(warnings)), icon=":material/info:"):
            for warning in warnings:
                st.text(titled(warning.in_language(words.language), catalogue, words))


def _analysed(articles: tuple[Article, ...], words: Messages) -> Catalogue:
    if shelf().holds(articles, online=state.online()):
        return shelf().catalogue(articles, online=state.online(), progress=lambda _step, _share: None)
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=words("progress.title"))
        st.caption(words("progress.step_first"))

    def tell(_step: str, share: float) -> None:
        bar.progress(min(1.0, max(0.0, share)), words("progress.title"))

    try:
        return shelf().catalogue(articles, online=state.online(), progress=tell)
    finally:
        place.empty()


show()
