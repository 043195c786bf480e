"""`sitegen mv`: after it the site builds strictly, and every old address leads to the new one."""

from pathlib import Path

import pytest

from sitegen.app import moving
from sitegen.app.listing import look_at_site
from sitegen.app.moving import Move, move_article
from sitegen.app.site import load_site
from sitegen.errors import ContentError, UsageError
from sitegen.model.names import Url
from tests.samples import CLOCK
from tests.sites import (
    CONFIG,
    Silence,
    build,
    read_tree,
    write_article,
    write_files,
    write_site,
    write_snapshot,
)

A = "content/world/a.md"


def move(site: Path, old: str, new: str) -> Move:
    loaded = load_site(site, None)
    gathered, _ = look_at_site(loaded, CLOCK, Silence())
    return move_article(loaded, gathered, old, new, CLOCK)


def check_build(site: Path) -> None:
    """Build strictly."""
    report = build(site, strict=True)
    assert report.published, report.problems


def read(site: Path, path: str) -> str:
    return (site / path).read_text()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An article with comments, and one that names it in every way."""
    files = {
        A: write_article("A", body="Text."),
        "content/world/a.comments.json": write_snapshot("One."),
        "content/sport/b.md": write_article(
            "B",
            "2026-10-02",
            body="[1](../world/a.md) [2](/world/a.md#part) [3][ref] <a href='../world/a.md?x=1'>4</a>"
            " [5](/world/2026/10/a/)\n\n[ref]: ../world/a.md 'Title'",
            prev="world/a.md",
        ),
        "content/pages/about.md": "---\ntitle: About\n---\n\n[A](../world/a.md)\n",
    }
    return write_site(tmp_path / "site", files)


def test_an_article_goes_with_its_comments_and_everything_that_names_it_follows(site: Path) -> None:
    check_build(site)
    moved = move(site, "world/a.md", "local/news/renamed.md")
    assert moved == Move(
        files=(
            (A, "content/local/news/renamed.md"),
            ("content/world/a.comments.json", "content/local/news/renamed.comments.json"),
        ),
        alias=Url("/world/2026/10/a/"),
        relinked=("content/pages/about.md", "content/sport/b.md"),
        missed=(),
    )
    assert read(site, "content/local/news/renamed.md") == (
        '---\ntitle: A\ndate: 2026-10-01\naliases:\n  - "/world/2026/10/a/"\n---\n\nText.\n'
    )
    assert read(site, "content/sport/b.md") == write_article(
        "B",
        "2026-10-02",
        body="[1](../local/news/renamed.md) [2](/local/news/renamed.md#part) [3][ref]"
        " <a href='../local/news/renamed.md?x=1'>4</a> [5](/world/2026/10/a/)\n\n"
        "[ref]: ../local/news/renamed.md 'Title'",
        prev="local/news/renamed.md",
    )
    assert not (site / "content/world").exists()
    check_build(site)
    assert read(site, "output/world/2026/10/a/index.html") == "moved to ../../../../local/2026/10/renamed/\n"
    assert "One." in read(site, "output/local/2026/10/renamed/index.html")


def test_there_and_back_again(site: Path) -> None:
    check_build(site)
    before = read_tree(site / "content")
    move(site, "world/a", "sport")
    check_build(site)
    move(site, "sport/a", "world/")
    after = read_tree(site / "content")
    assert after.pop(A.removeprefix("content/")).decode() == write_article("A", body="Text.").replace(
        "---\n\n", 'aliases:\n  - "/world/2026/10/a/"\n  - "/sport/2026/10/a/"\n---\n\n'
    )
    assert {path: data for path, data in before.items() if path in after} == after
    check_build(site)
    assert read(site, "output/sport/2026/10/a/index.html") == "moved to ../../../../world/2026/10/a/\n"


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("world/a.md", "sport", "sport/a.md"),
        ("world/a", "sport/", "sport/a.md"),
        ("content/world/a.md", "content/sport/c.md", "sport/c.md"),
        ("/world/a.md", "culture/", "culture/a.md"),
        ("world/a", "sport/c", "sport/c.md"),
        ("world/a", ".", "a.md"),
        ("world/a", "world/c.markdown", "world/c.markdown"),
        ("world/a", "world/c/index.md", "world/c/index.md"),
    ],
)
def test_how_places_can_be_named(site: Path, old: str, new: str, target: str) -> None:
    moved = move(site, old, new)
    assert moved.files[0] == (A, f"content/{target}")
    comments = "comments.json" if target.endswith("index.md") else f"{Path(target).stem}.comments.json"
    assert (site / "content" / target).with_name(comments).is_file()
    check_build(site)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("world/gone.md", "sport", "there is no article `content/world/gone.md`"),
        ("world", "sport", "there is no article `content/world`"),
        ("world/_index.md", "sport", "there is no article `content/world/_index.md`"),
        ("../sitegen.toml", "sport", "there is no article `sitegen.toml`"),
        ("../content/world/a.md", "../x.md", "`../x.md` is outside of content/"),
        ("world/a.md", "../../x.md", "`../../x.md` is outside of content/"),
        ("world/a.md", "sport/b.md", "content/sport/b.md is there already"),
        ("world/a.md", "world/a.md", "content/world/a.md is there already"),
        ("world/a.md", "world", "content/world/a.md is there already"),
        ("world/a.md", "world/.hidden.md", "`world/.hidden.md` would not be read as an article"),
        ("world/a.md", "world/_index.md", "`world/_index.md` would not be read as an article"),
    ],
)
def test_what_cannot_be_moved(site: Path, old: str, new: str, message: str) -> None:
    write_files(site, {"content/world/_index.md": "---\ntitle: World\n---\n"})
    before = read_tree(site / "content")
    with pytest.raises(UsageError) as caught:
        move(site, old, new)
    assert str(caught.value) == message
    assert read_tree(site / "content") == before


def test_nothing_is_overwritten_by_what_goes_along(site: Path) -> None:
    write_files(site, {"content/sport/a.comments.json": "mine"})
    before = read_tree(site / "content")
    with pytest.raises(UsageError, match=r"content/sport/a\.comments\.json is there already"):
        move(site, "world/a", "sport")
    assert read_tree(site / "content") == before


def test_an_article_that_would_be_broken_there_stays(site: Path) -> None:
    write_files(site, {"content/pages/about.md": "---\ntitle: About\n---\n"})
    before = read_tree(site / "content")
    with pytest.raises(ContentError) as caught:
        move(site, "pages/about", "world")
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [("content/pages/about.md", "date")]
    assert read_tree(site / "content") == before


OLD, NOW = '"/old/"', '"/world/2026/10/a/"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "+++\ntitle = 'A'\ndate = 2026-10-01\n+++\n",
            f"+++\naliases = [{NOW}]\ntitle = 'A'\ndate = 2026-10-01\n+++\n",
        ),
        (
            "+++\ntitle = 'A'\ndate = 2026-10-01\naliases = ['/old/']\n[extra]\nx = 1\n+++\n",
            f"+++\ntitle = 'A'\ndate = 2026-10-01\naliases = ['/old/', {NOW}]\n[extra]\nx = 1\n+++\n",
        ),
        (
            '{\n"title": "A",\n"date": "2026-10-01"\n}\n',
            f'{{\n"aliases": [{NOW}],\n"title": "A",\n"date": "2026-10-01"\n}}\n',
        ),
        (
            "---\ntitle: A\n# a comment\ndate: 2026-10-01\naliases: [/old/]\ntags: [x]\n---\n",
            f"---\ntitle: A\n# a comment\ndate: 2026-10-01\naliases: [/old/, {NOW}]\ntags: [x]\n---\n",
        ),
        (
            "---\ntitle: A\ndate: 2026-10-01\nredirect_from: /old/\n---\n",
            f"---\ntitle: A\ndate: 2026-10-01\nredirect_from: [{OLD}, {NOW}]\n---\n",
        ),
        (
            "---\ntitle: A\ndate: 2026-10-01\naliases:\n- /old/\n- /world/2026/10/a/\n---\n",
            "---\ntitle: A\ndate: 2026-10-01\naliases:\n- /old/\n- /world/2026/10/a/\n---\n",
        ),
    ],
    ids=["toml", "toml with one", "json", "yaml with one", "by another name", "there already"],
)
def test_the_old_address_is_added_and_nothing_else_changes(site: Path, before: str, after: str) -> None:
    write_files(site, {A: before + "\nText.\n"})
    assert move(site, "world/a", "sport").alias == "/world/2026/10/a/"
    assert read(site, "content/sport/a.md") == after + "\nText.\n"
    check_build(site)
    assert (site / "output/world/2026/10/a/index.html").is_file()


def test_line_ends_and_byte_order_marks_stay(site: Path) -> None:
    files = {A: "\ufeff" + write_article("A").replace("\n", "\r\n")}
    files["content/pages/about.md"] = read(site, "content/pages/about.md").replace("\n", "\r\n")
    write_files(site, files)
    move(site, "world/a", "sport")
    data = (site / "content/sport/a.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert (site / "content/pages/about.md").read_bytes() == (
        b"---\r\ntitle: About\r\n---\r\n\r\n[A](../sport/a.md)\r\n"
    )


@pytest.mark.parametrize(
    "fields",
    [{"draft": "true"}, {"url": "/fixed/"}, {"slug": "x", "section": "world"}],
    ids=lambda fields: next(iter(fields)),
)
def test_an_address_that_stays_or_was_never_public_needs_no_alias(site: Path, fields: dict[str, str]) -> None:
    article = write_article("A", **fields)
    write_files(site, {A: article})
    assert move(site, "world/a", "sport").alias is None
    assert read(site, "content/sport/a.md") == article


def test_a_scheduled_article_needs_no_alias(site: Path) -> None:
    write_files(site, {A: write_article("A", "2026-12-24")})
    assert move(site, "world/a", "sport").alias is None


@pytest.mark.parametrize(
    ("name", "new", "target"),
    [
        ("2026-10-05-a", "sport", "sport/2026-10-05-a"),
        ("2026-10-05-a", "sport/better", "sport/2026-10-05-better"),
        ("2026-10-05-a", "sport/2026-10-06-better", "sport/2026-10-06-better"),
        ("2026-10-05", "sport/better", "sport/2026-10-05-better"),
    ],
)
def test_a_date_in_the_name_is_not_lost(site: Path, name: str, new: str, target: str) -> None:
    (site / A).unlink()
    (site / "content/world/a.comments.json").unlink()
    write_files(
        site,
        {
            f"content/world/{name}.md": "---\ntitle: A\nslug: a\n---\n",
            "content/sport/b.md": write_article("B"),
            "content/pages/about.md": "---\ntitle: About\n---\n",
        },
    )
    move(site, f"world/{name}", new)
    assert (site / f"content/{target}.md").is_file()
    check_build(site)


def test_a_date_in_the_name_goes_where_there_is_another(site: Path) -> None:
    write_files(site, {"content/world/2026-10-05-c.md": write_article("C")})
    move(site, "world/2026-10-05-c", "sport/c")
    assert (site / "content/sport/c.md").is_file()


def test_a_bundle_goes_as_a_whole(site: Path) -> None:
    write_files(
        site,
        {
            "content/world/bridge/index.md": write_article(
                "Bridge", body="![](map.png) [a](../a.md) [b](/sport/b.md) [file](files/x.txt) [top](#top)"
            ),
            "content/world/bridge/map.png": b"map",
            "content/world/bridge/files/x.txt": "x",
            "content/world/bridge/comments.json": write_snapshot("One."),
            A: write_article("A", body="[bridge](bridge/index.md) ![](bridge/map.png) [file](bridge/files/x.txt)"),
        },
    )
    check_build(site)
    moved = move(site, "world/bridge", "sport/new-bridge")
    assert [there for _, there in moved.files] == [
        "content/sport/new-bridge/index.md",
        "content/sport/new-bridge/comments.json",
        "content/sport/new-bridge/files/x.txt",
        "content/sport/new-bridge/map.png",
    ]
    assert not (site / "content/world/bridge").exists()
    assert "![](map.png) [a](../../world/a.md) [b](/sport/b.md) [file](files/x.txt) [top](#top)" in read(
        site, "content/sport/new-bridge/index.md"
    )
    assert (
        "[bridge](../sport/new-bridge/index.md) ![](../sport/new-bridge/map.png) "
        "[file](../sport/new-bridge/files/x.txt)" in read(site, A)
    )
    check_build(site)
    assert (site / "output/world/2026/10/bridge/index.html").read_text().startswith("moved to")


@pytest.mark.parametrize(
    ("new", "target"),
    [
        ("sport", "sport/bridge"),
        ("sport/span", "sport/span"),
        ("sport/span.md", "sport/span"),
        ("sport/span/index.md", "sport/span"),
    ],
)
def test_how_the_new_place_of_a_bundle_can_be_named(site: Path, new: str, target: str) -> None:
    write_files(site, {"content/world/bridge/index.md": write_article("Bridge")})
    move(site, "world/bridge/index.md", new)
    assert (site / "content" / target / "index.md").is_file()


def test_a_bundle_that_holds_another_article_stays(site: Path) -> None:
    write_files(site, {"content/world/bridge/index.md": write_article("X"), "content/world/bridge/y.md": "y"})
    with pytest.raises(UsageError, match=r"content/world/bridge holds another article, y\.md"):
        move(site, "world/bridge", "sport")


def test_what_the_article_names_is_named_from_its_new_place(site: Path) -> None:
    write_files(
        site,
        {
            A: write_article(
                "A",
                body="[b](../sport/b.md#x) [own](a.md#y) ![pic](my%20map.png) [c](../c/)",
                image="{src: my map.png, alt: Map}",
                next='"../sport/b.md"',
                comments="archive.json",
            ),
            "content/world/c.md": write_article("C"),
            "content/world/my map.png": b"map",
            "content/world/archive.json": write_snapshot("Kept."),
        },
    )
    (site / "content/world/a.comments.json").unlink()
    check_build(site)
    moved = move(site, "world/a", "local/news/a2")
    assert ("content/world/archive.json", "content/local/news/archive.json") in moved.files
    text = read(site, "content/local/news/a2.md")
    assert "[b](../../sport/b.md#x) [own](a2.md#y) ![pic](../../world/my%20map.png) [c](/world/2026/10/c/)" in text
    assert "image: {src: ../../world/my map.png, alt: Map}" in text
    assert 'next: "../../sport/b.md"' in text
    check_build(site)
    assert "Kept." in read(site, "output/local/2026/10/a2/index.html")


def test_a_snapshot_of_two_articles_stays(site: Path) -> None:
    shared = {"content/world/archive.json": write_snapshot("One.")}
    write_files(site, {**shared, A: write_article("A", comments="archive.json")})
    write_files(site, {"content/world/c.md": write_article("C", comments="archive.json")})
    with pytest.raises(UsageError, match=r"content/world/archive\.json belongs to content/world/c\.md too"):
        move(site, "world/a", "sport")


def test_neighbours_follow_a_new_slug(site: Path) -> None:
    write_files(
        site,
        {
            "content/sport/b.md": write_article("B", prev="a"),
            "content/sport/c.md": write_article("C", next="{title: That, url: /world/a.md}"),
            "content/sport/d.md": write_article("D", next="A"),
        },
    )
    move(site, "world/a", "world/a2")
    assert "prev: a2\n" in read(site, "content/sport/b.md")
    assert "next: {title: That, url: /world/a2.md}\n" in read(site, "content/sport/c.md")
    assert "next: A\n" in read(site, "content/sport/d.md")
    check_build(site)


def test_menus_follow_a_page(site: Path) -> None:
    menu = '[[menus.main]]\ntitle = "About" # pages/about.md\nurl = "pages/about.md"\n'
    write_files(site, {"sitegen.toml": CONFIG + menu})
    check_build(site)
    moved = move(site, "pages/about", "pages/who-we-are")
    assert moved.relinked == ("sitegen.toml",)
    assert read(site, "sitegen.toml") == CONFIG + menu.replace('"pages/about.md"', '"pages/who-we-are.md"')
    check_build(site)
    assert read(site, "output/about/index.html") == "moved to ../who-we-are/\n"


def test_redirects_follow_an_article(site: Path) -> None:
    rules = '[redirects]\n"/?p=1" = "world/a.md"\n"/2/" = \'content/world/a.md\'\n"/3/" = "/world/a.md"\n'
    write_files(site, {"sitegen.toml": CONFIG + rules})
    check_build(site)
    assert "sitegen.toml" in move(site, "world/a", "sport/a").relinked
    assert read(site, "sitegen.toml") == CONFIG + rules.replace("world/a.md", "sport/a.md")
    check_build(site)


def test_what_cannot_be_mended_is_named(site: Path) -> None:
    write_files(site, {"content/sport/b.md": write_article("B", body="<a href='../world/&#97;.md'>A</a>")})
    assert ("content/sport/b.md", None) in move(site, "world/a", "sport").missed


def test_a_move_that_was_interrupted_is_finished_by_the_next(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[Path] = []

    def stop(path: Path) -> None:
        removed.append(path)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(moving, "remove_file", stop)
        with pytest.raises(KeyboardInterrupt):
            move(site, "world/a", "sport")
    assert (site / A).is_file()
    assert (site / "content/sport/a.md").is_file()
    moved = move(site, "world/a", "sport")
    assert [here for here, _ in moved.files] == [A, "content/world/a.comments.json"]
    assert not (site / "content/world").exists()
    check_build(site)


def test_empty_folders_of_others_stay(site: Path) -> None:
    (site / "content/future").mkdir()
    move(site, "world/a", "sport")
    assert (site / "content/future").is_dir()
    assert not (site / "content/world").exists()
