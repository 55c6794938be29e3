"""Values in, a `folium.Map` out, without Streamlit and without a word of text.

folium compiles what it is given as a template on the server and as a script in the browser, so nothing
from outside goes into it: the map carries whole numbers, coordinates, names of colours and the address of
a scene. Leaflet comes from this machine; no jQuery, Bootstrap or icon font is needed.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import folium
from branca.element import MacroElement
from folium.template import Template

SCENE_ADDRESS: Final = "../../luftlinie/scenes/{digest}.json"
"""Where the map's frame finds a scene, seen from streamlit-folium's own page."""

LEAFLET_COMPONENT: Final = "leaflet"
ASSETS_COMPONENT: Final = "assets"
"""Folders that `dashboard.widgets` has Streamlit serve, beside streamlit-folium's own."""

_DIGEST: Final = re.compile(r"[0-9a-f]{32}")
_WORD: Final = re.compile(r"[a-z_]{1,20}")


class OfflineMap(folium.Map):
    """A folium map whose scripts and styles come from this machine, and that has no tiles."""

    def __init__(self, *, tiles: str | None = None) -> None:
        """Build the bare map.

        Args:
            tiles: Address of online tiles, where the visitor asked for them; None keeps the map offline.
        """
        self.default_js = [
            ("leaflet", f"../dashboard.widgets.{LEAFLET_COMPONENT}/leaflet.js"),
            ("luftlinie_map", f"../dashboard.widgets.{ASSETS_COMPONENT}/map.js"),
        ]
        self.default_css = [
            ("leaflet_css", f"../dashboard.widgets.{LEAFLET_COMPONENT}/leaflet.css"),
            ("luftlinie_css", f"../dashboard.widgets.{ASSETS_COMPONENT}/map.css"),
        ]
        layer = folium.TileLayer(tiles, attr="© OpenStreetMap", max_zoom=19) if tiles else None
        super().__init__(
            location=(30.0, 60.0),
            zoom_start=2,
            tiles=layer,
            prefer_canvas=True,
            control_scale=True,
            min_zoom=2,
            max_zoom=19 if tiles else 12,
            zoom_snap=0.5,
            world_copy_jump=True,
        )
        self.add_child(_Prepare(bare=tiles is not None))


class _Prepare(MacroElement):
    """Gives the map its panes and the base map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            luftlinie.prepare({{ this._parent.get_name() }}, {{ this.bare }});
        {% endmacro %}
        """
    )

    def __init__(self, *, bare: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Prepare"
        self.bare = "true" if bare else "false"


class _Apply(MacroElement):
    """Tells the map what to draw and where to look; sent again whenever that changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            luftlinie.apply({{ this._parent._parent.get_name() }}, {{ this.wish }});
        {% endmacro %}
        """
    )

    def __init__(self, wish: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Apply"
        self.wish = json.dumps(wish, allow_nan=False)


def base_map(tiles: str | None = None) -> OfflineMap:
    """Return the map that never changes; streamlit-folium reloads its frame only when this does."""
    return OfflineMap(tiles=tiles)


def drawn(
    digest: str,
    *,
    dark: bool,
    language: str,
    select: dict[str, int | None],
    view: dict[str, Any] | None = None,
    drawing: dict[str, Any] | None = None,
    train: dict[str, Any] | None = None,
) -> folium.FeatureGroup:
    """Return what is laid on the base map.

    Args:
        digest: Of the scene, as `SceneStore.put` gave it.
        dark: Whether the visitor sees the dark theme.
        language: ISO 639-1 code, for the names on the base map.
        select: The numbers of what is in focus: `place`, `claim`, `leg`.
        view: Where to look, with a `nonce`; the map moves when the nonce is new.
        drawing: What a claim says beside what is.
        train: The band of possible positions and its middle.

    Raises:
        ValueError: If anything but numbers and known words would reach the map.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"not a digest: {digest!r}")
    wish = {
        "scene": SCENE_ADDRESS.format(digest=digest),
        "theme": "dark" if dark else "light",
        "language": "de" if language == "de" else "en",
        "select": _bare(select),
        "view": _bare(view),
        "drawing": _bare(drawing),
        "train": _bare(train),
    }
    group = folium.FeatureGroup()
    group.add_child(_Apply(wish))
    return group


def _bare(value: Any) -> Any:  # noqa: ANN401, ruled by the checks below
    """Return the value, or refuse it if it holds text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    if isinstance(value, dict) and all(isinstance(key, str) and _WORD.fullmatch(key) for key in value):
        return {key: _bare(part) for key, part in value.items()}
    raise ValueError(f"only numbers go into the map, got {type(value).__name__}")
