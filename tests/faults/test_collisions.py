"""Two sources for one place in the output: refused before any write, naming both."""

from pathlib import Path

import pytest

from tests.sites import build, write_article, write_site

ARTICLE = write_article("Bridge", tags="Sea")
PAGE = "content/world/bridge.md"


@pytest.mark.parametrize(
    ("files", "blamed", "rival"),
    [
        (
            {"content/world/other.md": write_article("Other", url="/world/2026/10/bridge/")},
            "content/world/other.md",
            PAGE,
        ),
        (
            {"content/world/other.md": write_article("O", aliases="[/world/2026/10/bridge/]")},
            "content/world/other.md",
            PAGE,
        ),
        ({"static/world/2026/10/bridge/index.html": "x"}, "static/world/2026/10/bridge/index.html", PAGE),
        ({"content/pages/x.md": "---\ntitle: X\nurl: /tags/sea/\n---\n"}, None, "content/pages/x.md"),
        ({"content/pages/x.md": "---\ntitle: X\nurl: /world/\n---\n"}, None, "content/pages/x.md"),
        ({"static/rss.xml": "x"}, "static/rss.xml", "feed The Gazette"),
        ({"static/sitemap.xml": "x"}, "static/sitemap.xml", "the sitemap"),
        ({"static/manifest.sha256": "x"}, "static/manifest.sha256", "the manifest"),
        ({"static/World/x.txt": "x"}, "static/World/x.txt", PAGE),
        ({"static/caf\u00e9.txt": "x", "static/cafe\u0301.txt": "x"}, "static/caf\u00e9.txt", "static/cafe\u0301.txt"),
        ({"static/world/2026": "x"}, "static/world/2026", PAGE),
        ({"static/aux.txt": "x"}, "static/aux.txt", "reserved name on Windows"),
        ({"static/dot.": "x"}, "static/dot.", "ends with a dot"),
        ({"static/a:b": "x"}, "static/a:b", "some file systems refuse"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value,
)
def test_nothing_is_written(tmp_path: Path, files: dict[str, str], blamed: str | None, rival: str) -> None:
    root = write_site(tmp_path / "site", {PAGE: ARTICLE, **files})
    report = build(root)
    assert not report.published
    assert not (root / "output").exists()
    errors = [problem for problem in report.problems if problem.code == "url"]
    assert [problem.file for problem in errors][:1] == [blamed]
    assert rival in errors[0].message
