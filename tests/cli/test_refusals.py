"""What `--json` prints where nothing was taken."""

import json
from pathlib import Path

import pytest

from tests.sites import call_sitegen, write_site


@pytest.mark.parametrize("command", [("import", "wxr"), ("comments", "capture", "disqus")])
def test_a_refused_input_is_told_as_an_object_of_the_usual_shape(tmp_path: Path, command: tuple[str, ...]) -> None:
    site = write_site(tmp_path / "site")
    (tmp_path / "export.xml").write_text("<!DOCTYPE rss><rss/>")
    done = call_sitegen("-C", site, *command, tmp_path / "export.xml", "--json")
    told = json.loads(done.out)
    assert done.code == 1
    assert told["written"]["comments"] == 0
    assert told["warnings"] == []
    assert [problem["severity"] for problem in told["problems"]] == ["error"]
    assert "has a DTD" in done.err


@pytest.mark.parametrize("command", [("import", "rest"), ("comments", "capture", "rest")])
def test_what_is_no_address_is_a_mistake_of_the_call(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = call_sitegen("-C", write_site(tmp_path / "site"), *command, "news")
    assert done.code == 2
    assert "https://news.example/" in done.err
