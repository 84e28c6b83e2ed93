import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import stationsim as ss

SCREENS = Path(__file__).parents[2] / "build" / "screens"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = (
    "No Chromium found: install the package chromium (or name a browser with CHROMIUM=/path), "
    "or leave these tests out with `make test BROWSER=no`."
)


class Watched:
    """A page in the browser, with what it said, asked for and failed at."""

    def __init__(self, browser, path, *, width=1280, height=1000, scheme="light", to=""):
        self.said = []
        self.asked = []
        self.page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"{path.as_uri()}{to}")
        self.page.wait_for_selector("html[data-drawn=yes]", timeout=60_000)

    def settle(self):
        """Wait until what was asked for is drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)))")

    def keep(self, name, **more):
        """Keep a picture as build output."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", **more)

    def check(self):
        """Say that the page was quiet and asked for nothing but itself."""
        assert self.said == []
        others = [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]
        assert others == []
        assert sum(url.startswith("file:") for url in self.asked) == 1


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def outcome():
    return ss.run(ss.load("soyuz-ms22"))


@pytest.fixture(scope="session")
def impact(outcome):
    return ss.assess(outcome)


@pytest.fixture(scope="session")
def report(impact, tmp_path_factory):
    return ss.render(impact, tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture
def opened(browser):
    """Open a page, and close it when the test ends."""
    pages = []

    def open_(path, **more):
        pages.append(Watched(browser, path, **more))
        return pages[-1]

    yield open_
    for watched in pages:
        watched.page.close()
