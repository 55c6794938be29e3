"""The dashboard's entry: `streamlit run dashboard/app.py [-- PATH...]`.

Streamlit imports this file once as a server, which adds the routes and headers that the map needs, and
runs it again as a script for every visitor.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import server
from dashboard.resources import ASSETS, messages
from dashboard.state import language


def main() -> None:
    """Declare the pages and run the one that is open."""
    words = messages(language())
    st.set_page_config(page_title="Luftlinie", page_icon=str(ASSETS / "favicon.svg"), layout="wide")
    pages = [
        st.Page("app_pages/reading.py", title=words("page.reading"), url_path="reading", default=True),
        st.Page("app_pages/about.py", title=words("page.about"), url_path="about"),
    ]
    st.navigation(pages, position="hidden").run()


if get_script_run_ctx(suppress_warning=True) is None:
    server.announce_articles()
    server.warm_up()
    app = st.App(__file__, routes=server.routes(), middleware=server.middleware())
else:
    main()
