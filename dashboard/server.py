"""The server around the page: the route that hands scenes to the map, and the headers that seal it off."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import inbox
from dashboard.resources import (
    TILES_VARIABLE,
    article_paths,
    name_articles,
    online_from_start,
    shelf,
    tile_host,
)
from dashboard.scenes import SCENES, address_of
from gazetteer.errors import GazetteerError
from gazetteer.places.index import Gazetteer


def announce_articles() -> None:
    """Hand the paths typed after `--` to the page, which runs without a command line of its own."""
    if sys.argv[1:]:
        name_articles(sys.argv[1:])


def warm_up() -> None:
    """Analyse the articles while the browser is still opening."""
    threading.Thread(target=_prepare, name="warm-up", daemon=True).start()


def _prepare() -> None:
    try:
        Gazetteer.open()
    except GazetteerError:
        return  # the page builds it, and shows how far it is
    articles = inbox.gathered(inbox.standing(article_paths()).articles, ())
    if articles and not online_from_start():
        with contextlib.suppress(GazetteerError):  # the page meets it again, and says it
            shelf().catalogue(articles, online=False, progress=lambda _step, _share: None)


def routes() -> list[BaseRoute]:
    """Return the routes beside Streamlit's own."""
    return [Route(address_of("{digest}"), _scene)]


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    return [Middleware(_SealedOff)]


async def _scene(request: Request) -> Response:
    scene = SCENES.get(request.path_params["digest"])
    if scene is None:
        return Response("no such scene; reload the page", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return Response(scene, media_type="application/json", headers=headers)


class _SealedOff:
    """Adds a Content-Security-Policy under which the page can reach nothing but this server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._policy = content_policy(tile_host() if os.environ.get(TILES_VARIABLE) else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self._policy
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_sealed)


def content_policy(tiles: str | None) -> str:
    """Return the policy; `tiles` is the one other host that images may come from, if any."""
    # Streamlit and streamlit-folium start their scripts by eval and from blobs; where anything may be
    # fetched from or sent to is what seals the page off.
    images = "'self' data: blob:" + (f" {tiles}" if tiles else "")
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            f"img-src {images}",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss: blob: data:",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    )
