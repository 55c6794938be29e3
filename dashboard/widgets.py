"""The one module that calls `st_folium`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

from dashboard.map_view import ASSETS_COMPONENT, LEAFLET_COMPONENT
from dashboard.resources import ASSETS

MAP_FRAME: Final = 'iframe[title^="streamlit_folium"]'
"""Where other components find the map in the page, as a CSS selector."""

_PICKS = frozenset({"place", "claim", "leg"})


@dataclass(frozen=True, slots=True)
class MapClick:
    """A click on something drawn: its kind and its number."""

    kind: str
    number: int


def serve_assets() -> None:
    """Have Streamlit serve Leaflet and our own files; declared as components, never shown as such."""
    # declare_component names a component after the calling module; the map looks for these very names.
    components.declare_component(LEAFLET_COMPONENT, path=str(Path(leaflet.BASE_DIR)))
    components.declare_component(ASSETS_COMPONENT, path=str(ASSETS))


def show_map(
    base: folium.Map, group: folium.FeatureGroup, *, key: str, height: int, on_click: Callable[[], None]
) -> None:
    """Show the map; `on_click` runs before the next run of the page, when something was clicked."""
    st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=on_click,
        render=False,
    )


def clicked(key: str) -> MapClick | None:
    """Return what was clicked, from inside `on_click`."""
    return parse_click(st.session_state.get(key))


def parse_click(answer: Any) -> MapClick | None:  # noqa: ANN401, it comes from the browser
    """Return the click that the browser reported, or None when it is not one."""
    pick = answer.get("pick") if isinstance(answer, dict) else None
    if not isinstance(pick, list) or len(pick) != 2:
        return None
    kind, number = pick
    if not isinstance(kind, str) or kind not in _PICKS:
        return None
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        return None
    return MapClick(kind, number)
