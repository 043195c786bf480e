"""New sites work as they are, and new articles land where they should or nowhere."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.app.scaffold import create_article, create_site
from sitegen.errors import UsageError
from sitegen.parse.fields import FieldContext, parse_fields
from sitegen.parse.front_matter import split_document
from tests.sites import build, call_sitegen, read_tree, write_article, write_files

CONTEXT = FieldContext(
    path="content/world/odd.md",
    kind="article",
    section=None,
    stem="odd",
    zone=ZoneInfo("UTC"),
    language="en",
    best=5,
    aliases={},
)
CLOCK = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
STARTER = (
    "content/local/2026-01-03-new-years-swim.comments.json",
    "content/local/2026-01-03-new-years-swim.md",
    "content/local/2026-01-10-library-hours.md",
    "content/local/_index.md",
    "content/local/swim.svg",
    "content/pages/about.md",
    "content/world/2026-01-17-lighthouse-keepers.md",
    "content/world/_index.md",
    ".gitignore",
    "sitegen.toml",
    "themes/mine/templates/article.html",
    "themes/mine/theme.toml",
)


def create(root: Path, name: str, title: str | None = None, timezone: str = "UTC") -> str:
    """The path of a new article below `root`."""
    return create_article(root, name, title, CLOCK, timezone).relative_to(root).as_posix()


class TestSite:
    def test_has_what_it_says(self, tmp_path: Path) -> None:
        written = create_site(tmp_path / "post")
        assert written == STARTER
        assert sorted(read_tree(tmp_path / "post")) == sorted(STARTER)

    def test_builds_without_a_word_of_warning(self, tmp_path: Path) -> None:
        create_site(tmp_path)
        done = call_sitegen("-C", tmp_path, "-v", "build", "--strict")
        assert (done.code, "warning" in done.err) == (0, False)
        assert "3 articles, 1 page, 2 comments" in done.err

    def test_changes_one_template_in_a_way_that_can_be_seen(self, tmp_path: Path) -> None:
        create_site(tmp_path)
        build(tmp_path)
        pages = read_tree(tmp_path / "output")
        changed = sorted(path for path, content in pages.items() if b"Do you know more about this?" in content)
        assert changed == [
            "local/2026/01/library-hours/index.html",
            "local/2026/01/new-years-swim/index.html",
            "world/2026/01/lighthouse-keepers/index.html",
        ]
        # what the template does not mention comes from broadsheet
        assert b'<nav class="neighbours"' in pages["local/2026/01/library-hours/index.html"]

    def test_leaves_out_of_git_what_a_build_writes(self, tmp_path: Path) -> None:
        create_site(tmp_path)
        build(tmp_path)
        ignored = (tmp_path / ".gitignore").read_text().split()
        assert {"/output/", "/.sitegen/"} <= set(ignored)
        new = {path.name for path in tmp_path.iterdir()} - {Path(name).parts[0] for name in STARTER}
        assert new == {"output", ".sitegen"}

    def test_goes_into_an_empty_folder(self, tmp_path: Path) -> None:
        (tmp_path / "post").mkdir()
        assert create_site(tmp_path / "post") == STARTER

    @pytest.mark.parametrize("name", ["file", ".hidden"])
    def test_overwrites_nothing(self, tmp_path: Path, name: str) -> None:
        write_files(tmp_path, {name: "mine"})
        with pytest.raises(UsageError, match="is not empty") as refused:
            create_site(tmp_path)
        assert refused.value.hint == "name a new folder: sitegen init my-site"
        assert read_tree(tmp_path) == {name: b"mine"}

    def test_does_not_replace_a_file_by_a_folder(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"post": "mine"})
        with pytest.raises(UsageError):
            create_site(tmp_path / "post")
        assert (tmp_path / "post").read_text() == "mine"


class TestArticle:
    def test_is_a_draft_of_today(self, tmp_path: Path) -> None:
        path = create(tmp_path, "world/bridge-reopens", "Bridge reopens")
        assert path == "content/world/2026-10-31-bridge-reopens.md"
        assert (tmp_path / path).read_text() == (
            '---\ntitle: "Bridge reopens"\ndate: 2026-10-31 23:30\ndraft: true\ndescription: \n---\n\n'
        )

    def test_is_dated_in_the_zone_of_the_site(self, tmp_path: Path) -> None:
        path = create(tmp_path, "world/late", timezone="Europe/Amsterdam")
        assert path == "content/world/2026-11-01-late.md"
        assert "date: 2026-11-01 00:30\n" in (tmp_path / path).read_text()

    def test_is_a_page_without_a_date_below_pages(self, tmp_path: Path) -> None:
        path = create(tmp_path, "pages/imprint")
        assert path == "content/pages/imprint.md"
        assert (tmp_path / path).read_text() == '---\ntitle: "Imprint"\ndraft: true\ndescription: \n---\n\n'

    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("bridge", "content/2026-10-31-bridge.md"),
            ("content/world/bridge.md", "content/world/2026-10-31-bridge.md"),
            ("world/asia/bridge", "content/world/asia/2026-10-31-bridge.md"),
            ("world//./bridge/", "content/world/2026-10-31-bridge.md"),
            ("world/The Bridge (again)!", "content/world/2026-10-31-the-bridge-again.md"),
            ("world/Brücke über die Wende", "content/world/2026-10-31-brücke-über-die-wende.md"),
            ("world/नमस्ते", "content/world/2026-10-31-नमस्ते.md"),
            ("world/..bridge", "content/world/2026-10-31-bridge.md"),
            ("world/a\\b\x00c\nd", "content/world/2026-10-31-a-b-c-d.md"),
        ],
    )
    def test_gets_a_file_that_can_be_an_address(self, tmp_path: Path, name: str, path: str) -> None:
        assert create(tmp_path, name) == path
        assert (tmp_path / path).is_file()

    @pytest.mark.parametrize(
        "title",
        ['He said: "no"', "War #2 begins", "1984", "yes", "- a dash", "{{ 7*7 }}", "\\", "”’é猫", "---"],
    )
    def test_has_the_title_that_was_given(self, tmp_path: Path, title: str) -> None:
        text = (tmp_path / create(tmp_path, "world/odd", title)).read_text()
        metadata, _, problems = parse_fields(split_document(text, CONTEXT.path), CONTEXT)
        assert (metadata.title, metadata.draft, problems) == (title, True, ())

    @pytest.mark.parametrize(
        "name",
        ["", "/", ".", "..", "../bridge", "world/../../bridge", "/etc/bridge", "content/../bridge", "a/b/c/d/e/f/g"],
    )
    def test_never_lands_outside(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="is no SECTION/SLUG"):
            create(tmp_path / "site", name)
        assert read_tree(tmp_path) == {}

    @pytest.mark.parametrize("name", ["wor\x00ld/bridge", "wor\nld/bridge", "a\\b/bridge", ".git/bridge"])
    def test_never_lands_in_a_folder_that_is_no_section(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="is no SECTION/SLUG"):
            create(tmp_path, name)
        assert read_tree(tmp_path) == {}

    @pytest.mark.parametrize("name", ["world/!!!", "world/…", "world/-.md"])
    def test_needs_a_name(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="has no letter or digit"):
            create(tmp_path, name)
        assert read_tree(tmp_path) == {}

    def test_needs_a_name_that_a_disk_can_hold(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="is too long"):
            create(tmp_path, "world/" + "é" * 130)
        assert read_tree(tmp_path) == {}

    def test_replaces_no_other(self, tmp_path: Path) -> None:
        mine = write_article("Mine")
        write_files(tmp_path, {"content/world/2026-10-31-bridge.md": mine})
        with pytest.raises(UsageError, match="is already there"):
            create(tmp_path, "world/bridge")
        assert (tmp_path / "content/world/2026-10-31-bridge.md").read_text() == mine
