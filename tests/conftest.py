"""Programs and data that some tests need; a test that cannot have them skips and says how to get them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent

# A gate says the same of the same commit twice; whoever works on the code looks at new examples every time.
settings.register_profile("gate", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("gate")

_QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


def _find_program(names: tuple[str, ...], package: str) -> Path:
    """Return the path of the first program found, or skip the test with the line that installs it."""
    search = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
    for name in names:
        if found := shutil.which(name, path=search):
            return Path(found)
    pytest.skip(f"{names[0]} is missing: sudo apt-get install {package}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses Chromium, so that `-m 'not browser'` leaves them out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of Chromium."""
    return _find_program(("chromium", "chromium-browser"), "chromium fonts-liberation")


@pytest.fixture(scope="session")
def nginx() -> Path:
    """Path of nginx."""
    return _find_program(("nginx",), "nginx-light")


@pytest.fixture(scope="session")
def caddy() -> Path:
    """Path of Caddy."""
    return _find_program(("caddy",), "caddy")


@pytest.fixture(scope="session")
def java() -> Path:
    """Path of a Java runtime."""
    return _find_program(("java",), "default-jre-headless")


@pytest.fixture(scope="session")
def strace() -> Path:
    """Path of strace, which makes system calls fail and processes die; skips where it may not trace."""
    found = _find_program(("strace",), "strace")
    trial = subprocess.run([found, "-f", "-o", "/dev/null", "true"], capture_output=True, timeout=20)
    if trial.returncode:
        pytest.skip("strace may not trace here: give the container the capability SYS_PTRACE")
    return found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """A Chromium that asks nothing of the network by itself; make one context a test."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium), args=_QUIET_CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def real_news() -> Path:
    """Folder of 1,008 real news posts, which are no part of the repository."""
    folder = Path(os.environ.get("REAL") or REPOSITORY / "../shared/real-news/digitalgov").resolve()
    if not (folder / "expected.json").is_file():
        pytest.skip(f"{folder} is missing: name the folder of real posts, REAL=/path/to/digitalgov make test")
    return folder
