"""The pictures of the README, drawn anew: the tops of three reports and one section, in a real Chromium.

make gallery            or: python docs/gallery.py [FOLDER]
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import stationsim as ss

GALLERY = Path(__file__).parent.parent / "reports" / "gallery"
WIDTH, HEIGHT = 1280, 1500
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

PICTURES = {
    "soyuz-ms22": ("soyuz-ms22", None, "light"),
    "progress-ms21": ("progress-ms21", None, "light"),
    "soyuz-ms09-air": ("soyuz-ms09-air", None, "light"),
    "cabin-air": ("soyuz-ms09-air", "#air", "dark"),
}
"""Name of the picture -> its scenario, its section or None for the top of the page, light or dark."""


def draw(folder: Path = GALLERY) -> list[Path]:
    """Draw every picture into a folder, and return their paths."""
    path = os.environ.get("CHROMIUM") or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("No Chromium found: install the package chromium, or name a browser with CHROMIUM=/path.")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as played, tempfile.TemporaryDirectory() as scratch:
        browser = played.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        reports = {name: _report(name, Path(scratch)) for name, _, _ in PICTURES.values()}
        found = [
            _picture(browser, reports[scenario], folder / f"{name}.png", section, scheme)
            for name, (scenario, section, scheme) in PICTURES.items()
        ]
        browser.close()
    return found


def _report(scenario: str, folder: Path) -> Path:
    return ss.render(ss.assess(ss.run(ss.load(scenario))), folder / f"{scenario}.html")


def _picture(browser: Browser, report: Path, target: Path, section: str | None, scheme: str) -> Path:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    page.goto(report.as_uri())
    page.wait_for_selector("html[data-drawn=yes]", timeout=60_000)
    if section is None:
        page.screenshot(path=target)
    else:
        page.locator(section).screenshot(path=target)
    page.close()
    return target


if __name__ == "__main__":
    for picture in draw(*(Path(name) for name in sys.argv[1:2])):
        sys.stdout.write(f"{picture} {picture.stat().st_size / 1000:.0f} kB\n")
