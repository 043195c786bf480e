"""Pages are valid HTML by the Nu HTML checker, the one behind validator.w3.org."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

JAR = "build/tools/html-checker/node_modules/vnu-jar/build/dist/vnu.jar"
WRONG = '<!doctype html><html lang="en"><title>x</title><p id="a"><b id="a">'
SUFFIXES = (".html", ".css", ".svg")
pytestmark = pytest.mark.xdist_group("html-checker")


@pytest.fixture(scope="module")
def found(
    repository: Path, java: Path, sample_output: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[Path, list[str]]:
    """The errors by file: all in one run, since a Java program takes seconds to start."""
    jar = repository / JAR
    if not jar.is_file():
        pytest.skip("the Nu HTML checker is missing: sudo apt-get install npm && tools/get-html-checker")
    wrong = tmp_path_factory.mktemp("wrong") / "wrong.html"
    wrong.write_text(WRONG, encoding="utf-8")
    files = [wrong, *sorted(path for path in sample_output.rglob("*") if path.suffix in SUFFIXES)]
    options = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg")
    done = subprocess.run(
        [java, "-Xss8m", "-jar", jar, *options, *files], capture_output=True, text=True, check=True, timeout=300
    )
    errors: dict[Path, list[str]] = {path: [] for path in files}
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] != "info":
            path = Path(unquote(urlsplit(message["url"]).path))
            errors[path].append(f"{message.get('lastLine')}: {message['message']}")
    return errors


def test_the_checker_finds_what_is_wrong(found: Mapping[Path, list[str]]) -> None:
    (lines,) = (lines for path, lines in found.items() if path.name == "wrong.html")
    assert any("Duplicate ID" in line for line in lines)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_sample_site_is_valid(found: Mapping[Path, list[str]], suffix: str) -> None:
    checked = {path: lines for path, lines in found.items() if path.suffix == suffix and path.name != "wrong.html"}
    assert checked
    assert {path: lines for path, lines in checked.items() if lines} == {}
