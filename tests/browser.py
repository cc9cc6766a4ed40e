"""A browser without a window, for pages of HTML; tests that need one skip, by name, where there is none."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

# It fetches nothing of its own, and needs neither a sandbox (tests may run as root) nor a graphics card.
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Browser:
    """Chromium with one page open."""

    def __init__(self, profile: Path) -> None:
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if chromium is None or driver is None:
            pytest.skip("chromium and chromedriver are not here: pages are not tried in a browser")
        options = ChromeOptions()
        options.binary_location = chromium
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = Chrome(options, Service(driver))

    def open(self, path: Path, *, width: int = 1280, height: int = 900, scripts: bool = True) -> None:
        """Load a page anew; what was logged before is forgotten."""
        self.driver.get("about:blank")
        self.cdp("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.cdp("Emulation.setEmulatedMedia", media="", features=[])
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        for kind in ("browser", "performance"):
            self._log(kind)
        self.driver.get(path.as_uri())

    def media(self, kind: str = "", scheme: str = "light") -> None:
        """What the page is for ("print", "" is the screen) and which colours the reader's system has."""
        self.cdp("Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def run(self, script: str, *args: object) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *args)

    def keys(self, keys: str) -> None:
        """Press keys, wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(keys)

    def complaints(self) -> list[str]:
        """What the console says since the page was opened: errors, and what the page's policy refused."""
        return [entry["message"] for entry in self._log("browser")]

    def requested(self) -> list[str]:
        """The URLs asked for since the page was opened."""
        events = (json.loads(entry["message"])["message"] for entry in self._log("performance"))
        return [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        """What was logged since this was asked for last."""
        logged: list[dict[str, Any]] = self.driver.execute("getLog", {"type": kind})["value"]
        return logged

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """A picture of what is in the window, or of the `whole` page, as PNG."""
        if whole:
            size = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
            self.cdp(
                "Emulation.setDeviceMetricsOverride",
                width=size["width"],
                height=min(size["height"], 8000),
                deviceScaleFactor=1,
                mobile=False,
            )
        self.driver.save_screenshot(str(path))

    def cdp(self, command: str, **params: object) -> Any:
        """A command of the protocol that Chromium's own tools speak."""
        return self.driver.execute_cdp_cmd(command, params)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser; one for all tests, because its start takes longer than they do."""
    started = Browser(tmp_path_factory.mktemp("browser"))
    yield started
    started.driver.quit()
