"""What all visitors share and nobody changes: the gazetteer, the railways, finished analyses, the wording."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.messages import Messages
from gazetteer.analysis import analyse
from gazetteer.errors import IndexDamagedError, IndexMissingError
from gazetteer.journeys.build import build_railways
from gazetteer.journeys.railways import RailNetwork
from gazetteer.places.build import build_gazetteer
from gazetteer.places.geocoding import Geocoder
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Article

ARTICLES_VARIABLE: Final = "LUFTLINIE_ARTICLES"
"""Environment variable with the files and folders to show, joined as in PATH or as a JSON list."""

ONLINE_VARIABLE: Final = "LUFTLINIE_ONLINE"
"""Environment variable that switches the online geocoder on from the start."""

TILES_VARIABLE: Final = "LUFTLINIE_TILES"
"""Environment variable offering online map tiles: an address with {z}, {x}, {y}; 1 is OpenStreetMap's."""

OSM_TILES: Final = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"

ASSETS: Final = Path(__file__).parent / "assets"

Progress = Callable[[str, float], None]

_SEEDS: Final = Path(__file__).parent.parent / "seeds"
_KEPT: Final = 12
"""Analyses kept in memory; five articles take some 2 MB."""


def article_paths() -> tuple[Path, ...]:
    """Return the files and folders to show: those named in the environment, else the examples."""
    named = os.environ.get(ARTICLES_VARIABLE, "")
    paths = tuple(map(Path, _listed(named)))
    return paths or ((_SEEDS,) if _SEEDS.is_dir() else ())


def name_articles(paths: Sequence[str]) -> None:
    """Write the files and folders to show into the environment of this process, whatever their names hold."""
    os.environ[ARTICLES_VARIABLE] = json.dumps(paths)


def _listed(named: str) -> list[str]:
    if named.startswith("["):
        with suppress(ValueError):  # a folder may be called so
            return [str(path) for path in json.loads(named)]
    return [part for part in named.split(os.pathsep) if part]


def online_from_start() -> bool:
    """Tell whether the environment switches the online geocoder on."""
    return os.environ.get(ONLINE_VARIABLE, "").lower() in {"1", "true", "yes", "on"}


def tile_address() -> str | None:
    """Return the address of online map tiles, or None when none are offered."""
    named = os.environ.get(TILES_VARIABLE, "")
    if named.startswith("https://") and all(part in named for part in ("{z}", "{x}", "{y}")):
        return named
    return OSM_TILES if named else None


def tile_host() -> str:
    """Return scheme and host of the online map tiles, as a Content-Security-Policy wants them."""
    parts = urlsplit(tile_address() or OSM_TILES)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


@st.cache_resource(show_spinner=False, max_entries=8)
def messages(language: str) -> Messages:
    """Return the interface's wording in a language."""
    return Messages.load(language)


def asset(name: str) -> str:
    """Return the text of a file in `assets/`."""
    return (ASSETS / name).read_text(encoding="utf-8")


class AnalysisShelf:
    """The gazetteer, the railways and the latest analyses; one for all visitors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gazetteer: Gazetteer | None = None
        self._network: RailNetwork | None = None
        self._catalogues: OrderedDict[str, Catalogue] = OrderedDict()

    def catalogue(self, articles: Sequence[Article], *, online: bool, progress: Progress) -> Catalogue:
        """Return the analysis of these articles, made now unless it is on the shelf.

        Raises:
            GazetteerError: If the gazetteer cannot be built or opened.
        """
        key = _key(articles, online=online)
        with self._lock:
            if key in self._catalogues:
                self._catalogues.move_to_end(key)
                return self._catalogues[key]
            gazetteer, network = self._open(progress)
            geocoder = Geocoder() if online else None
            analysis = analyse(articles, gazetteer, network=network, geocoder=geocoder, progress=progress)
            self._catalogues[key] = Catalogue(analysis)
            while len(self._catalogues) > _KEPT:
                self._catalogues.popitem(last=False)
            return self._catalogues[key]

    @property
    def network(self) -> RailNetwork | None:
        """The railways, once an analysis needed them."""
        return self._network

    def holds(self, articles: Sequence[Article], *, online: bool) -> bool:
        """Tell whether the analysis is there already."""
        return _key(articles, online=online) in self._catalogues

    def _open(self, progress: Progress) -> tuple[Gazetteer, RailNetwork]:
        if self._gazetteer is None:
            try:
                self._gazetteer = Gazetteer.open()
            except (IndexMissingError, IndexDamagedError) as error:
                build_gazetteer(force=isinstance(error, IndexDamagedError), progress=progress)
                self._gazetteer = Gazetteer.open()
        if self._network is None:
            try:
                self._network = RailNetwork.open()
            except (IndexMissingError, IndexDamagedError) as error:
                build_railways(force=isinstance(error, IndexDamagedError), progress=progress)
                self._network = RailNetwork.open()
        return self._gazetteer, self._network


@st.cache_resource(show_spinner=False)
def shelf() -> AnalysisShelf:
    """Return the one shelf of this process."""
    return AnalysisShelf()


def _key(articles: Sequence[Article], *, online: bool) -> str:
    digest = hashlib.sha256(b"online" if online else b"offline")
    for article in articles:
        for part in (article.id, article.source, article.text):
            digest.update(part.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
    return digest.hexdigest()
