"""Scenes: what the map draws, as JSON under a name made of its own digest.

The map fetches a scene from the same server, so that neither folium nor the web socket carries it,
and a browser that has it already does not ask again.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from typing import Any, Final

_KEPT: Final = 400
"""Scenes kept in memory; each is some 50 kB, and a page puts its own back at every run."""


class SceneStore:
    """The latest scenes by digest; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._scenes: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, scene: dict[str, Any]) -> str:
        """Keep a scene and return the digest it is found under."""
        text = json.dumps(scene, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        digest = hashlib.sha256(text).hexdigest()[:32]
        with self._lock:
            self._scenes[digest] = text
            self._scenes.move_to_end(digest)
            while len(self._scenes) > _KEPT:
                self._scenes.popitem(last=False)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return a scene's JSON, or None if it was never kept or is forgotten."""
        with self._lock:
            return self._scenes.get(digest)


SCENES: Final = SceneStore()
"""The one store of this process: the page writes it, the server's route reads it."""
