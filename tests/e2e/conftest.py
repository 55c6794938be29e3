"""A real server, a real browser, and no way out of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NO_BROWSER = (
    "no Chromium found; install one with: .venv/bin/python -m playwright install --with-deps chromium"
)


def chromium():
    """The browser on PATH, else Playwright's own, else None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(home.glob("chromium-*/chrome-linux*/chrome"))), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def dashboard(paths, log):
    """The dashboard as `streamlit run` starts it; its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py")]
    command += ["--server.port", str(port), "--server.headless", "true", "--", *map(str, paths)]
    with (
        log.open("wb") as stream,
        subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream) as process,
    ):
        try:
            wait_until_healthy(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_until_healthy(port, process, log):
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            process_is_still_starting = 0.1
            try:
                process.wait(process_is_still_starting)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def browser():
    executable = chromium()
    if executable is None:
        pytest.skip(NO_BROWSER)
    playwright_api = pytest.importorskip("playwright.sync_api")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="session")
def address(browser, gazetteer, network, log):  # noqa: ARG001, the server needs them compiled
    """The dashboard on the five articles."""
    with dashboard([ROOT / "seeds"], log) as address:
        yield address


AT_REST = """() => {
    const now = `${map.getCenter()} ${map.getZoom()}`;
    const before = window.__before;
    window.__before = now;
    return before === now;
}"""


class Visit:
    """One browser window, its page, and what it tried to reach and complained of."""

    def __init__(self, browser, address, **options):
        self.address = address
        self.attempts = []
        self.complaints = []
        self.context = browser.new_context(
            **({"viewport": {"width": 1440, "height": 1000}, "locale": "de-DE"} | options)
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        self.context.route("**/*", self._guard)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.set_default_timeout(20_000)

    def _guard(self, route):
        parts = urlsplit(route.request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.attempts.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def open(self, path="/"):
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.map_element().wait_for()
        self.page.frame_locator(FRAME).locator("body[data-ready]").wait_for()
        return self

    def map_element(self):
        return self.page.locator(FRAME)

    @property
    def map_frame(self):
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def on_map(self, expression, argument=None):
        return self.map_frame.evaluate(expression, argument)

    def wait_for_rest(self):
        """Wait until the map neither glides nor fits itself into its frame."""
        self.map_frame.wait_for_function(AT_REST, polling=250)

    def point_of(self, name):
        """Where on the page a place of the map is drawn."""
        self.wait_for_rest()
        point = self.on_map(
            "(name) => { const place = luftlinie.shown().scene.places.find((p) => p.name === name);"
            " const point = map.latLngToContainerPoint([place.lat, place.lon]); return [point.x, point.y]; }",
            name,
        )
        box = self.map_element().bounding_box()
        return box["x"] + point[0], box["y"] + point[1]

    def card_title(self):
        title = self.page.locator(".card h3")
        title.wait_for()
        return title.inner_text()


FRAME = 'iframe[title^="streamlit_folium"]'


@pytest.fixture
def visit(browser, address, log, request):
    """Open windows; at the end nothing may have tried to leave the machine, nor thrown an error."""
    visits = []

    def begin(**options):
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    failed = request.session.testsfailed
    yield begin
    for each in visits:
        each.context.close()
    if request.session.testsfailed > failed:
        sys.stderr.write(log.read_text(errors="replace"))
    assert [attempt for each in visits for attempt in each.attempts] == []
    assert [complaint for each in visits for complaint in each.complaints] == []
