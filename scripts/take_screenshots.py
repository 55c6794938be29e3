"""Take the README's pictures again: wide, dark, a claim in focus, a journey in time, and a phone.

Usage:
    python scripts/take_screenshots.py [folder]

Starts the dashboard on the five articles, opens it in a Chromium found on PATH or by Playwright, and
writes PNG files into `docs/screenshots`.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
FRAME = 'iframe[title^="streamlit_folium"]'
WIDE = {"width": 1440, "height": 1000}
TALL = {"width": 1440, "height": 1400}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        picture(browser, address, folder / "wide-light.png", WIDE)
        picture(browser, address, folder / "claim.png", TALL, before=choose_claim)
        picture(browser, address, folder / "wide-dark.png", WIDE, scheme="dark", before=choose_claim)
        picture(browser, address, folder / "journey.png", TALL, before=open_journey)
        picture(browser, address, folder / "phone.png", PHONE)
        browser.close()


def choose_claim(page: Page) -> None:
    """Put the first claim of the table in focus."""
    page.locator(".ledger tbody tr").first.click()
    page.locator(".card h3").wait_for()


def open_journey(page: Page) -> None:
    """Open the tab about journeys."""
    page.get_by_role("radio", name="Reise").or_(page.get_by_text("Reise (")).first.click()
    page.locator(".journey svg polygon").first.wait_for()


def picture(
    browser: Browser,
    address: str,
    file: Path,
    size: dict[str, int],
    *,
    scheme: str = "light",
    before: Callable[[Page], None] | None = None,
) -> None:
    """Open the dashboard and write what it looks like."""
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="de-DE", device_scale_factor=1)
    page = context.new_page()
    page.goto(address)
    page.frame_locator(FRAME).locator("body[data-ready]").wait_for(timeout=120_000)
    if before is not None:
        before(page)
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(
        "() => luftlinie.shown().base && !map._animatingZoom && !map._panAnim?._inProgress"
    )
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)  # the map glides to its place, and type arrives
    page.evaluate("() => document.querySelector('.stMain').scrollTo(0, 0)")
    page.screenshot(path=file, animations="disabled")
    context.close()
    print(file)


@contextmanager
def served() -> Iterator[str]:
    """Run the dashboard on a free port as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py")]
    command += ["--server.port", str(port), "--server.headless", "true", "--", str(ROOT / "seeds")]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process,
    ):
        try:
            for _ in range(300):
                if _is_healthy(port):
                    break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            log.seek(0)
            sys.stderr.buffer.write(log.read())


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    main()
