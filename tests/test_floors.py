"""Imports point one way: from the screen down to the values."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FLOORS = [
    {"gazetteer.errors", "gazetteer.wording"},
    {"gazetteer.positions"},
    {
        "gazetteer.geodesy",
        "gazetteer.compiled",
        "gazetteer.files",
        "gazetteer.ports",
        "gazetteer.geojson",
        "gazetteer.spreadsheets",
    },
    {"gazetteer.outlines"},
    {"gazetteer.places"},
    {"gazetteer.reading"},
    {"gazetteer.journeys"},
    {"gazetteer.claims"},
    {"gazetteer.composition"},
    {"gazetteer.analysis"},
    {"gazetteer.contract", "gazetteer.annotations"},
    {"gazetteer.exports", "gazetteer.evaluation", "gazetteer.languages_read"},
    {"gazetteer.terminal"},
    {"gazetteer.route_answers"},
    {"gazetteer.commands"},
    {"gazetteer.cli", "dashboard"},
]

NETWORK_MODULES = {"socket", "ssl", "urllib.request", "http.client", "requests", "httpx", "aiohttp"}

MODULES = sorted(path for folder in ("gazetteer", "dashboard") for path in (ROOT / folder).rglob("*.py"))


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module):
    for height, names in enumerate(FLOORS):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return height
    return None


def imports_of(path):
    """Return every module that a file imports anywhere but under `if TYPE_CHECKING`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_import_points_up(path):
    here = floor_of(module_name(path))
    if module_name(path) == "gazetteer":
        return

    assert here is not None, "a module without a floor: say in FLOORS where it belongs"
    above = {name for name in imports_of(path) if (height := floor_of(name)) is not None and height > here}
    assert not above


@pytest.mark.parametrize("path", sorted((ROOT / "gazetteer").rglob("*.py")), ids=module_name)
def test_the_library_knows_no_screen(path):
    roots = {name.split(".")[0] for name in imports_of(path)}

    assert not roots & {"streamlit", "folium", "streamlit_folium", "branca", "dashboard"}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_the_network_lives_in_one_module(path):
    if module_name(path) == "gazetteer.places.geocoding":
        return

    listening = {"socket"} if module_name(path) == "gazetteer.ports" else set()  # it reaches nobody
    names = imports_of(path) - listening
    assert not names & NETWORK_MODULES
    assert not any(name.split(".")[0] == "geopy" for name in names)
