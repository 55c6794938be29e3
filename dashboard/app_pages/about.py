"""The page about sources and method."""

from __future__ import annotations

import streamlit as st

from dashboard import state, toolbar
from dashboard.messages import Messages
from dashboard.resources import messages


def show() -> None:
    """Say where everything comes from and what the findings mean."""
    words = messages(state.language())
    with toolbar.head(words):
        toolbar.show_settings_menu(words)
    st.page_link("app_pages/reading.py", label=words("control.back"), icon=":material/arrow_back:")
    with st.container(width=760):
        _show_text(words)


def _show_text(words: Messages) -> None:
    st.header(words("about.title"), anchor=False)
    for name in ("offline", "verdicts", "borders", "time"):
        st.subheader(words(f"about.{name}_title"), anchor=False)
        st.write(words(f"about.{name}"))
    st.subheader(words("about.sources_title"), anchor=False)
    for name in ("places", "stops", "rails", "map", "words", "geodesy"):
        st.markdown(f"- {words(f'about.source_{name}')}")


show()
