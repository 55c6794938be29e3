"""Scenes: what the map draws and the texts the reader shows, as JSON under a name made of its own digest.

The browser fetches a scene from the same server, so that neither folium nor the web socket carries it at
every click, and a browser that has it already does not ask again.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from streamlit import config

SCENE_PATH: Final = "/luftlinie/scenes/{digest}.json"

_KEPT: Final = 400
"""Scenes kept in memory; each is some 50 kB, and a page puts its own back at every run."""


@dataclass(frozen=True, slots=True)
class Written:
    """A scene as the browser gets it, and the digest in its name."""

    digest: str
    json: bytes


def written(scene: dict[str, Any]) -> Written:
    """Write a scene as JSON."""
    text = json.dumps(scene, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return Written(hashlib.sha256(text).hexdigest()[:32], text)


def address_of(digest: str) -> str:
    """Return where the page finds a scene on its own server."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    path = SCENE_PATH.format(digest=digest)
    return f"/{base}{path}" if base else path


class SceneStore:
    """The latest scenes by digest; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._scenes: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, scene: dict[str, Any]) -> str:
        """Keep a scene and return the digest it is found under."""
        return self.keep(written(scene))

    def keep(self, scene: Written) -> str:
        """Keep a scene that is written already and return its digest."""
        with self._lock:
            self._scenes[scene.digest] = scene.json
            self._scenes.move_to_end(scene.digest)
            while len(self._scenes) > _KEPT:
                self._scenes.popitem(last=False)
        return scene.digest

    def get(self, digest: str) -> bytes | None:
        """Return a scene's JSON, or None if it was never kept or is forgotten."""
        with self._lock:
            return self._scenes.get(digest)


SCENES: Final = SceneStore()
"""The one store of this process: the page writes it, the server's route reads it."""
