"""The map is sealed: no text goes in, no address leads out."""

import ast
import json
import re
from pathlib import Path

import pytest
from streamlit_folium import _get_feature_group_string, _get_header, _get_map_string, generate_js_hash

import dashboard
from dashboard.map_view import SCENE_ADDRESS, base_map, drawn

DIGEST = "0123456789abcdef" * 2
SOURCES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))
HOSTILE = ["<script>alert(1)</script>", "{{7*191}}", "${alert(1)}", "`", "{% for x in y %}", "\\", "Hamm"]


def rendered(folium_map, group):
    """Everything st_folium sends: scripts, header, and the addresses it loads."""
    folium_map.render()
    header = _get_header(folium_map)
    addresses = [address for _, address in (*folium_map.default_js, *folium_map.default_css)]
    return "\n".join(
        [header, _get_map_string(folium_map), _get_feature_group_string(group, folium_map), *addresses]
    )


def test_no_address_on_the_map_leads_off_this_machine():
    group = drawn(DIGEST, dark=True, language="de", select={"place": 1})

    assert "//" not in rendered(base_map(), group).replace("// ", "")


def test_online_tiles_are_on_the_map_only_when_asked_for():
    with_tiles = base_map("https://tile.example.org/{z}/{x}/{y}.png")

    text = rendered(with_tiles, drawn(DIGEST, dark=False, language="de", select={}))

    assert "https://tile.example.org/" in text
    assert "luftlinie.prepare(map_div, true)" in text


def test_the_map_needs_leaflet_and_our_own_files_only():
    addresses = [address for _, address in (*base_map().default_js, *base_map().default_css)]

    assert addresses == [
        "../dashboard.widgets.leaflet/leaflet.js",
        "../dashboard.widgets.assets/map.js",
        "../dashboard.widgets.leaflet/leaflet.css",
        "../dashboard.widgets.assets/map.css",
    ]


def test_the_wish_arrives_as_it_was_said():
    text = rendered(base_map(), drawn(DIGEST, dark=True, language="de", select={"place": 3, "claim": None}))

    wish = json.loads(re.search(r"luftlinie\.apply\(map_div, (\{.*\})\);", text).group(1))
    assert wish["scene"] == SCENE_ADDRESS.format(digest=DIGEST)
    assert wish["select"] == {"place": 3, "claim": None}
    assert wish["theme"] == "dark"


def test_two_base_maps_are_the_same_to_streamlit_folium():
    one, two = base_map(), base_map()
    for each in (one, two):
        each.render()

    assert generate_js_hash(_get_map_string(one), "map") == generate_js_hash(_get_map_string(two), "map")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_refused_wherever_it_might_enter(text):
    with pytest.raises(ValueError, match="not a digest"):
        drawn(text, dark=False, language="de", select={})
    for field in ("select", "view", "drawing", "train"):
        fields = {"select": {}, field: {"place": [1.0, text]}}
        with pytest.raises(ValueError, match="only numbers"):
            drawn(DIGEST, dark=False, language="de", **fields)
        fields = {"select": {}, field: {text + "<": 1}}
        with pytest.raises(ValueError, match="only numbers"):
            drawn(DIGEST, dark=False, language="de", **fields)


def test_an_unknown_language_is_english_and_not_passed_on():
    text = rendered(base_map(), drawn(DIGEST, dark=False, language="{{7*191}}", select={}))

    assert "{{" not in text
    assert '"language": "en"' in text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_in_the_dashboard_puts_text_into_folium(source):
    forbidden = {"Popup", "Tooltip", "DivIcon", "GeoJsonPopup", "GeoJsonTooltip", "Html", "Icon", "Marker"}
    tree = ast.parse(source.read_text(encoding="utf-8"))

    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert not names & forbidden


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_in_the_dashboard_writes_raw_html(source):
    text = source.read_text(encoding="utf-8")

    assert "unsafe_allow" not in text
    assert "st.html" not in text
    assert "components.html" not in text


def test_only_the_widgets_module_calls_st_folium():
    users = [path.name for path in SOURCES if "st_folium(" in path.read_text(encoding="utf-8")]

    assert users == ["widgets.py"]


@pytest.mark.parametrize(
    "script", sorted(Path(dashboard.__file__).parent.glob("assets/*.js")), ids=lambda p: p.name
)
def test_no_script_of_ours_makes_markup_of_text(script):
    text = script.read_text(encoding="utf-8")

    for door in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "bindPopup",
        "bindTooltip",
        "http:",
        "https:",
    ):
        assert door not in text
