"""An article that is taken down: what stands at its address, and that nothing else of it is anywhere."""

from pathlib import Path

import pytest

from sitegen.app.report import BuildReport
from tests.sites import build, call_sitegen, read_tree, write_article, write_files, write_site, write_snapshot

SECRETS = (b"Whispered", b"loud claim", b"Ada", b"hearsay", b"picture.png", b"bytes of the picture", b"Rumours")
CONFIG = """\
title = "The Gazette"
base_url = "https://news.example/"
hosting = "netlify"

[redirects]
"/older/" = "world/whisper/index.md"
"""
BODY = "Whispered words, and ![a face](picture.png)."
ADDRESS = "world/2026/10/whisper/index.html"
TAKEN = "{reason: Taken down at the request of a neighbour., date: 2026-10-20}"


def write_whisper(**fields: str) -> str:
    return write_article("A loud claim", "2026-10-02", BODY, tags="[Rumours]", aliases='["/first/", "/?p=7"]', **fields)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An article in a bundle with a picture and a comment, between two others; one of them links to it."""
    files: dict[str, str | bytes] = {
        "sitegen.toml": CONFIG,
        "content/world/whisper/index.md": write_whisper(),
        "content/world/whisper/picture.png": b"bytes of the picture",
        "content/world/whisper/comments.json": write_snapshot("hearsay"),
        "content/world/before.md": write_article("Before", "2026-10-01"),
        "content/world/after.md": write_article("After", "2026-10-03", "As [we said](whisper/index.md)."),
    }
    return write_site(tmp_path, files)


def take_down(site: Path, gone: str = TAKEN) -> BuildReport:
    write_files(site, {"content/world/whisper/index.md": write_whisper(gone=gone)})
    return build(site, addresses="keep")


def tell(report: BuildReport) -> list[tuple[str, str | None, str]]:
    return [(item.severity.value, item.file, item.message) for item in report.problems]


def test_nothing_of_it_is_left(site: Path) -> None:
    build(site, addresses="keep")
    before = read_tree(site / "output")
    assert all(any(secret in data or secret.decode() in path for path, data in before.items()) for secret in SECRETS)
    report = take_down(site)
    assert (report.published, report.articles, report.comments) == (True, 2, 0)
    after = read_tree(site / "output")
    found = [(path, secret) for path, data in after.items() for secret in SECRETS if secret in path.encode() + data]
    assert found == []
    naming = {path for path, data in after.items() if b"whisper" in data or "whisper" in path}
    assert naming == {
        ADDRESS,
        "manifest.sha256",
        "_redirects",
        "redirects.caddy",
        "redirects.nginx.conf",
    }
    assert b"<p>Before</p>" not in after["world/2026/10/after/index.html"]
    assert "Before" in after["world/2026/10/after/index.html"].decode()  # its neighbour now


def test_what_stands_at_its_addresses(site: Path) -> None:
    build(site, addresses="keep")
    take_down(site)
    for path in (ADDRESS, "first/index.html", "older/index.html"):
        page = (site / "output" / path).read_text()
        assert "Taken down at the request of a neighbour." in page
        assert "20 October 2026" in page
        assert '<meta name="robots" content="noindex">' in page
    rules = (site / "output/_redirects").read_text().splitlines()
    assert [rule for rule in rules if " 410" in rule] == [
        "/ p=7 /404.html 410!",
        "/first/ /first/index.html 410!",
        "/older/ /older/index.html 410!",
        "/world/2026/10/whisper/ /world/2026/10/whisper/index.html 410!",
    ]


def test_links_to_it_become_text(site: Path) -> None:
    build(site, addresses="keep")
    report = take_down(site)
    assert tell(report) == [
        ("warning", "content/world/after.md", "links to what was taken down: `world/whisper/index.md`")
    ]
    assert "As <a >we said</a>." in (site / "output/world/2026/10/after/index.html").read_text()


def test_its_addresses_stay_locked(site: Path) -> None:
    build(site, addresses="keep")
    locked = (site / "permalinks.lock").read_text()
    assert "/world/2026/10/whisper/ = world/whisper/index.md\n" in locked
    assert take_down(site).errors == 0
    assert (site / "permalinks.lock").read_text() == locked
    for name in ("index.md", "picture.png", "comments.json"):
        (site / "content/world/whisper" / name).unlink()
    assert "readers lose an address: `/world/2026/10/whisper/`" in str(tell(build(site, addresses="keep")))


@pytest.mark.parametrize(
    ("gone", "shown", "hidden"),
    [
        ("A court has forbidden it.", "A court has forbidden it.", "A loud claim"),
        ("{reason: Forbidden., show_title: true}", "A loud claim", "Taken down on"),
        ("true", "This page was taken down", "A loud claim"),
    ],
)
def test_what_readers_are_told(site: Path, gone: str, shown: str, hidden: str) -> None:
    take_down(site, gone)
    page = (site / "output" / ADDRESS).read_text()
    assert shown in page
    assert hidden not in page


def test_drafts_dates_and_previews_do_not_bring_it_back(site: Path) -> None:
    for fields in ({"draft": "true"}, {"expires": "2026-10-10"}, {}):
        write_files(site, {"content/world/whisper/index.md": write_whisper(gone="Gone.", **fields)})
        assert call_sitegen("-C", site, "build", "--drafts", "--future", "--expired").code == 0
        assert "Gone." in (site / "output" / ADDRESS).read_text()
        assert b"Whispered" not in b"".join(read_tree(site / "output").values())


def test_a_bundle_in_another_keeps_its_files_to_itself(site: Path) -> None:
    files = {
        "content/world/outer/index.md": write_article("Outer"),
        "content/world/outer/in/index.md": write_article("In", gone="x"),
        "content/world/outer/in/x.png": "x",
    }
    write_files(site, files)
    build(site)
    assert "x.png" not in {path.rsplit("/", 1)[-1] for path in read_tree(site / "output")}


def test_it_is_listed(site: Path) -> None:
    take_down(site)
    outcome = call_sitegen("-C", site, "list", "gone")
    assert outcome.out == "2026-10-02 00:00  A loud claim  content/world/whisper/index.md\n"
    assert "A loud claim" not in call_sitegen("-C", site, "list", "articles").out


def test_the_only_document_in_a_language_may_be_taken_down(tmp_path: Path) -> None:
    gone = write_article("Weg", lang="nl", gone="Withdrawn.")
    root = write_site(tmp_path / "only", {"content/world/weg.md": gone, "content/world/a.md": write_article("A")})
    report = build(root)
    assert report.problems == ()
    assert (root / "output/nl/world/2026/10/weg/index.html").is_file()
