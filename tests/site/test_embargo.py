"""An embargo holds for everything that a build would publish."""

from pathlib import Path

import pytest

from tests.sites import call_sitegen, read_tree, write_article, write_files, write_site, write_snapshot

SECRET = "content/world/lighthouse-sold.md"
FILES = {
    SECRET: write_article(
        "Lighthouse sold to brewer",
        "2026-10-05",
        "The harbour authority will sell the old lighthouse to a brewer from abroad.",
        embargo="2026-12-01 06:00",
    ),
    "content/world/tides.md": write_article("Tides", "2026-10-01", "The sea rises."),
}
BEFORE, AFTER = "2026-11-01", "2026-12-02"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", FILES)


def test_the_article_waits_for_the_end_of_its_embargo(site: Path) -> None:
    assert call_sitegen("-C", site, "build", "--clock", BEFORE).code == 0
    before = read_tree(site / "output")
    assert not any(b"ighthouse" in data for data in before.values())
    assert call_sitegen("-C", site, "build", "--clock", AFTER).code == 0
    assert "world/2026/10/lighthouse-sold/index.html" in read_tree(site / "output")


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("content/world/tides.md", write_article("Tides", body="Soon: lighthouse sold to brewer!"), "its title"),
        (
            "content/world/tides.comments.json",
            write_snapshot("They will sell the old lighthouse to a brewer from abroad"),
            "a part of its text",
        ),
        ("static/notes.txt", "see /world/2026/10/lighthouse-sold/", "its address"),
    ],
)
def test_a_trace_anywhere_publishes_nothing(site: Path, path: str, text: str, what: str) -> None:
    assert call_sitegen("-C", site, "build", "--clock", BEFORE).code == 0
    before = read_tree(site / "output")
    write_files(site, {path: text})
    for options in ((), ("--keep-going",)):
        done = call_sitegen("-C", site, "build", "--clock", BEFORE, *options)
        assert done.code == 1
        assert f"{SECRET}:4:10: error[embargo]: {what} would be in `/" in done.err
        assert read_tree(site / "output") == before
    assert call_sitegen("-C", site, "build", "--clock", AFTER).code == 0


def test_a_trace_on_a_page_that_stood_before_the_embargo_is_found_too(site: Path) -> None:
    write_files(site, {"content/world/tides.md": write_article("Tides", body="Soon: lighthouse sold to brewer!")})
    secret = site / SECRET
    text = secret.read_text()
    secret.write_text(text.replace("embargo:", "expires: 2026-10-06\nembargo: 2026-10-01 # "))
    assert call_sitegen("-C", site, "build", "--clock", BEFORE).code == 0
    secret.write_text(text)
    done = call_sitegen("-C", site, "build", "--clock", BEFORE)
    assert (done.code, "(content/world/tides.md)" in done.err) == (1, True)


def test_publishing_what_is_scheduled_does_not_break_an_embargo(site: Path) -> None:
    done = call_sitegen("-C", site, "build", "--clock", BEFORE, "--future")
    assert done.code == 1
    assert "error[embargo]" in done.err
