"""The page's head: its name, and the controls that concern the whole page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import inbox, state
from dashboard.catalogue import Catalogue
from dashboard.messages import LANGUAGES, Messages
from dashboard.resources import asset, online_from_start, tile_address, tile_host
from gazetteer import exports
from gazetteer.analysis import Analysis
from gazetteer.claims.report import report_html, report_markdown
from gazetteer.contract import contract_of
from gazetteer.journeys import trackfiles

_frame = st.components.v2.component("luftlinie_frame", css=asset("frame.css"), isolate_styles=False)
_masthead = st.components.v2.component(
    "luftlinie_masthead", css=asset("masthead.css"), js=asset("masthead.js")
)
_link = st.components.v2.component("luftlinie_link", css=asset("link.css"), js=asset("link.js"))

_Export = Callable[[Analysis, str], str]
_EXPORTS: Final[dict[str, tuple[str, str, _Export]]] = {
    "report": (
        "report.html",
        "text/html",
        lambda a, lang: report_html(contract_of(a, language=lang), lang),
    ),
    "report_md": (
        "report.md",
        "text/markdown",
        lambda a, lang: report_markdown(contract_of(a, language=lang), lang),
    ),
    "json": ("luftlinie.json", "application/json", lambda a, lang: exports.to_json(a, language=lang)),
    "geojson": (
        "luftlinie.geojson",
        "application/geo+json",
        lambda a, lang: exports.to_geojson(a, language=lang),
    ),
    "mentions": ("mentions.csv", "text/csv", lambda a, lang: exports.mentions_csv(a, language=lang)),
    "gpx": ("journeys.gpx", "application/gpx+xml", lambda a, lang: _tracks(trackfiles.gpx_of, a, lang)),
    "kml": (
        "journeys.kml",
        "application/vnd.google-earth.kml+xml",
        lambda a, lang: _tracks(trackfiles.kml_of, a, lang),
    ),
    "events": ("events.csv", "text/csv", lambda a, lang: _tracks(trackfiles.events_csv, a, lang)),
    "claims": ("claims.csv", "text/csv", lambda a, lang: exports.claims_csv(a, language=lang)),
}


def head(words: Messages) -> DeltaGenerator:
    """Show the page's name and return the row beside it, for the controls of the page."""
    _frame(key="frame", height="content")
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="head")
    with row, st.container():
        about = {"title": "Luftlinie", "tagline": words("page.tagline"), "language": words.language}
        _masthead(key="masthead", data=about)
    return row


def show_articles_menu(words: Messages) -> None:
    """Show where articles come in."""
    # It tells when it opens, as only then it can be closed from here, once a pasted text is read.
    menu = st.popover(
        words("control.articles"), icon=":material/article:", key=state.ARTICLES_MENU, on_change="rerun"
    )
    with menu:
        key = f"{state.UPLOAD_WIDGET}_{state.uploads()}"
        files = st.file_uploader(
            words("articles.upload"),
            type=["txt", "text", "md"],
            accept_multiple_files=True,
            help=words("articles.upload_help"),
            key=key,
            on_change=lambda: _take_uploaded(key),
        )
        # The field is empty again when the visitor comes back from another page; the articles are kept.
        present = {file.file_id for file in files}
        state.set_uploaded({name: read for name, read in state.uploaded().items() if name in present})
        with st.form("paste_form", border=False, clear_on_submit=True):
            st.text_area(
                words("articles.paste"), placeholder=words("articles.paste_hint"), key=state.PASTE_WIDGET
            )
            st.form_submit_button(words("articles.paste_button"), on_click=partial(_take_pasted, words))
        for complaint in (said for read in state.uploaded().values() for said in read.complaints):
            st.error(words("articles.not_read", message=plain(complaint.in_language(words.language))))
        if refusal := state.refusal():
            st.error(plain(refusal))
        if added := state.added_articles():
            st.caption(words("articles.own", count=len(added)))
            st.button(words("articles.drop"), on_click=state.drop_articles, key="drop")


def _take_uploaded(key: str) -> None:
    """Read the files that came into the upload field, and forget those that were taken out of it."""
    known = state.uploaded()
    present = {
        file.file_id: known.get(file.file_id) or inbox.uploaded([(file.name, file.getvalue())])
        for file in st.session_state[key]
    }
    gone = {article.text for name in known.keys() - present.keys() for article in known[name].articles}
    fresh = [present[name] for name in present if name not in known]
    state.set_uploaded(present)
    state.drop_texts(gone - {article.text for read in present.values() for article in read.articles})
    state.add_articles([article for read in fresh for article in read.articles])
    if fresh and not any(read.complaints for read in fresh):
        state.close_articles_menu()


def _take_pasted(words: Messages) -> None:
    text = state.pasted()
    if not text.strip():
        state.refuse(words("articles.paste_empty"))
        return
    snippet = inbox.pasted(text, name=words("articles.pasted_name"))
    for complaint in snippet.complaints:
        state.refuse(words("articles.not_read", message=complaint.in_language(words.language)))
    if snippet.articles:
        state.add_articles(snippet.articles)
        state.open_soon(snippet.articles[0])
        state.close_articles_menu()


def show_downloads_menu(catalogue: Catalogue, words: Messages, *, all_articles: int) -> None:
    """Show the exports of the articles in view; each is written when it is asked for."""
    analysis = catalogue.analysis
    with st.popover(words("control.downloads"), icon=":material/download:", key="downloads_menu"):
        titles = [article.title or article.source for article in analysis.articles]
        if len(titles) == 1:
            st.caption(words("download.of_one", title=plain(titles[0])))
        else:
            several = "download.of_some" if len(titles) < all_articles else "download.of_all"
            st.caption(words(several, count=len(titles), all=all_articles))
        for name, (file, mime, write) in _EXPORTS.items():
            st.download_button(
                words(f"download.{name}"),
                data=partial(_written, write, analysis, words.language),
                file_name=file,
                mime=mime,
                on_click="ignore",
                width="stretch",
                key=f"download_{name}",
            )


def show_settings_menu(words: Messages) -> None:
    """Show language, and what may leave the machine."""
    with st.popover(words("control.settings"), icon=":material/settings:", key="settings_menu"):
        st.segmented_control(
            words("control.language"),
            options=list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=words.language,
            key=state.LANGUAGE_WIDGET,
            on_change=state.remember_language,
        )
        st.toggle(
            words("online.switch"),
            value=online_from_start(),
            key=state.ONLINE_WIDGET,
            help=words("online.help"),
        )
        offered = tile_address() is not None
        hint = words("tiles.help", host=tile_host()) if offered else words("tiles.unavailable")
        st.toggle(words("tiles.switch"), value=False, disabled=not offered, key=state.TILES_WIDGET, help=hint)
        st.page_link("app_pages/about.py", label=words("control.about"), icon=":material/info:")


def show_link_control(words: Messages) -> None:
    """Show the control that copies the link to the present view."""
    _link(
        key="link",
        width="content",
        data={"label": words("control.copy_link"), "done": words("control.copied")},
    )


def _tracks(write: Callable[..., str], analysis: Analysis, language: str) -> str:
    names = {place: entry.label(language) for place, entry in analysis.places.items()}
    return write(analysis.journeys, language=language, names=names)


def _written(write: _Export, analysis: Analysis, language: str) -> bytes:
    return write(analysis, language).encode()


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~$:^" else sign for sign in text)
