"""An edit is published without a plan while something is under embargo, and never with a trace of that."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.app.edited_site import FIELDS, A, B, E, build_site_to_edit, compare, edit
from tests.sites import call_build, find_standing_site, read_tree, write_article, write_files, write_snapshot

SECRET = "content/world/the-bridge.md"
TEXT = "Nobody is to know before tomorrow that the bridge will be torn down."


def write_secret(text: str = TEXT) -> str:
    picture = "\n\n![](bridge.png)\n"
    return write_article("The bridge goes", "2026-09-05", text + picture, embargo="2027-01-01", description="x")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built, with an article under embargo."""
    site = build_site_to_edit(tmp_path / "site")
    write_files(site, {SECRET: write_secret(), "content/world/bridge.png": "no picture"})
    assert call_build(site).published
    return site


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({A: write_article("A", body="See [b](b.md), again.", **FIELDS)}, id="a text"),
        pytest.param({B: write_article("The bridge", "2026-10-02", "Nobody is to know.")}, id="a headline"),
        pytest.param({E: write_article("E", "2026-10-09", "The bridge will be there.")}, id="the newest article"),
        pytest.param({"content/world/b.comments.json": write_snapshot("What of the bridge?")}, id="a comment"),
    ],
)
def test_what_gives_nothing_away_is_published(site: Path, tmp_path: Path, files: Mapping[str, str]) -> None:
    write_files(site, files)
    report = find_standing_site(site)
    assert report is not None
    assert report.written
    compare(site, tmp_path / "clean")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({A: write_article("A", body=f"See [b](b.md). {TEXT}", **FIELDS)}, id="a text"),
        pytest.param({B: write_article("Look, the bridge goes!", "2026-10-02", "Other.")}, id="a headline"),
        pytest.param({E: write_article("E", "2026-10-09", "E.", slug="the-bridge")}, id="an address"),
        pytest.param({"content/world/b.comments.json": write_snapshot(TEXT)}, id="a comment"),
        pytest.param({A: write_article("A", body="See [b](b.md). `bridge.png`", **FIELDS)}, id="a picture"),
    ],
)
def test_a_trace_is_found(site: Path, files: Mapping[str, str]) -> None:
    before = read_tree(site / "output")
    write_files(site, files)
    assert find_standing_site(site) is None
    assert {problem.code for problem in call_build(site).problems} == {"embargo"}
    assert read_tree(site / "output") == before


def test_a_secret_that_is_edited_is_looked_for_everywhere(site: Path) -> None:
    write_files(site, {A: write_article("A", body="This was out before anybody had thought of an embargo.", **FIELDS)})
    assert call_build(site).published
    write_files(site, {SECRET: write_secret("This was out before anybody had thought of an embargo.")})
    assert find_standing_site(site) is None
    assert {problem.code for problem in call_build(site).problems} == {"embargo"}


def test_what_was_found_out_holds_until_the_next_edit(site: Path) -> None:
    for number in range(3):
        edit(site, A, f"See [b](b.md), {number}.", **FIELDS)
        assert find_standing_site(site) is not None
    edit(site, A, f"See [b](b.md). {TEXT}", **FIELDS)
    assert find_standing_site(site) is None
