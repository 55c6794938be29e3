"""The dashboard in a real browser: cold start to a map that can be used, and click to shown sentence.

Each round starts the server on a free port and opens one window of headless Chromium; the clock runs from
the server's start until the map shows its places. Then markers are clicked in turn, each until the
sentences that name its place are shown. Prints medians; the machine is noisy, so look at several runs.

Usage:
    python benchmarks/dashboard.py [ROUNDS]
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from gazetteer.journeys.build import build_railways
from gazetteer.places.build import build_gazetteer

ROOT: Final = Path(__file__).parent.parent
ROUNDS: Final = 3
CLICKS: Final = 12
PATIENCE_S: Final = 60.0
MISSED_S: Final = 4.0
PAUSE_S: Final = 0.8
"""For the map to fly to what was clicked before, so that the next marker stands still."""
FRAME: Final = 'iframe[title^="streamlit_folium"]'
QUIET: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

CLEAR_OF_OTHERS: Final = """() => {
    const size = map.getSize();
    const at = (place) => map.latLngToContainerPoint([place.lat, place.lon]);
    const seen = luftlinie.shown().scene.places.filter((place) => {
        const point = at(place);
        return point.x > 60 && point.y > 90 && point.x < size.x - 60 && point.y < size.y - 60;
    });
    const clear = (place) =>
        seen.every((other) => other === place || at(place).distanceTo(at(other)) > place.r + other.r + 4);
    return seen.filter(clear).map((place) => place.name);
}"""
WHERE: Final = """(name) => {
    const place = luftlinie.shown().scene.places.find((each) => each.name === name);
    const point = map.latLngToContainerPoint([place.lat, place.lon]);
    return [point.x, point.y];
}"""
AT_REST: Final = "() => !map._animatingZoom && !(map._panAnim && map._panAnim._inProgress)"


def main() -> None:
    """Print the medians of all rounds."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - named below where it is missing
    except ImportError:
        print("playwright is not installed; run: pip install -e '.[dev]'")
        return
    executable = chromium()
    if executable is None:
        print("no Chromium found; run: python -m playwright install --with-deps chromium")
        return
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    build_gazetteer()
    build_railways()
    health, starts, clicks = [], [], []
    with sync_playwright() as playwright:
        for _ in range(rounds):
            browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
            began = time.perf_counter()
            with server() as (address, healthy_s):
                page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="de-DE")
                page.goto(address)
                page.frame_locator(FRAME).locator("body[data-ready]").wait_for(timeout=1000 * PATIENCE_S)
                starts.append(time.perf_counter() - began)
                health.append(healthy_s)
                clicks += click_seconds(page)
            browser.close()
    print(f"server answers               {statistics.median(health):8.2f} s   ({rounds} cold starts)")
    print(f"cold start to usable map     {statistics.median(starts):8.2f} s   (slowest {max(starts):.2f})")
    if clicks:
        slow = sorted(clicks)[int(0.9 * (len(clicks) - 1))]
        print(
            f"click to shown sentence      {1000 * statistics.median(clicks):8.0f} ms  ({len(clicks)} clicks)"
        )
        print(f"  nine of ten within         {1000 * slow:8.0f} ms")


def click_seconds(page: Any) -> list[float]:  # noqa: ANN401 - playwright may be missing
    """Return the seconds from each click on a marker to its sentences; the first click only warms."""
    from playwright.sync_api import TimeoutError  # noqa: A004, PLC0415

    drawn = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    seconds: list[float] = []
    name = ""
    for nth in range(CLICKS + 1):
        page.wait_for_timeout(1000 * PAUSE_S)
        drawn.wait_for_function(AT_REST)
        clear: list[str] = [other for other in drawn.evaluate(CLEAR_OF_OTHERS) if other != name]
        if not clear:
            break
        name = clear[nth % len(clear)]
        x, y = drawn.evaluate(WHERE, name)
        box = page.locator(FRAME).bounding_box()
        before = page.locator(".card h3").all_inner_texts()
        known = re.compile(f"^{re.escape(before[0])}$") if before else None
        shown = page.locator(".card h3").filter(has_not_text=known)
        began = time.perf_counter()
        page.mouse.click(box["x"] + x, box["y"] + y)
        try:
            shown.wait_for(timeout=1000 * MISSED_S)
            page.locator(".card .passages li").first.wait_for(timeout=1000 * MISSED_S)
        except TimeoutError:
            continue  # a line lies over the marker, and what it stands for is shown already
        if nth:
            seconds.append(time.perf_counter() - began)
    return seconds


@contextmanager
def server() -> Iterator[tuple[str, float]]:
    """Start the dashboard on the five articles; yield its address and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py")]
    command += ["--server.port", str(port), "--server.headless", "true", "--", str(ROOT / "seeds")]
    began = time.perf_counter()
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process,
    ):
        try:
            while not listens(port):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE_S:
                    log.seek(0)
                    sys.exit(f"the server did not start:\n{log.read().decode(errors='replace')}")
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}", time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(20)


def listens(port: int) -> bool:
    """Tell whether somebody answers at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def chromium() -> str | None:
    """Return the browser on PATH, else Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(home.glob("chromium-*/chrome-linux*/chrome"))), None)


if __name__ == "__main__":
    main()
