"""Headlines, comments and the newest article are published by planning what shows them, or left to a build."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.app.edited_site import FIELDS, FILES, A, B, E, build_site_to_edit, compare, edit
from tests.sites import (
    build_as_ordered,
    call_build,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_snapshot,
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built."""
    return build_site_to_edit(tmp_path / "site")


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda site: write_files(site, {path: text})


def put_in_the_way(path: str, edited: str, text: str) -> Callable[[Path], object]:
    """Build with a file of one's own in the output, and then edit what wants its place."""

    def change(site: Path) -> None:
        config = FILES["sitegen.toml"].replace("[feeds]", "page_size = 2\n[feeds]")
        write_files(site, {f"static/{path}": "mine", "sitegen.toml": config})
        assert call_build(site).published
        write_files(site, {edited: text})

    return change


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        # Its page and its neighbour's, home, section, tag and month, six feeds, and two of comments.
        pytest.param(write(A, write_article("Ä", body="See [b](b.md).", **FIELDS)), 14, id="a headline"),
        pytest.param(
            write(A, write_article("A", body="See [b](b.md).", **{**FIELDS, "rating": "1 (9 votes)"})), 0, id="a rating"
        ),
        pytest.param(lambda site: edit(site, B, "Another excerpt."), 7, id="an excerpt"),
        pytest.param(write("content/world/d.md", write_article("D", "2026-10-04", "X.")), 7, id="a text two have"),
        pytest.param(
            write("content/world/a.comments.json", write_snapshot("One.", "Two.", "Three.")), 9, id="comments"
        ),
        pytest.param(write("content/world/a.comments.json", write_snapshot("One.")), 9, id="a comment less"),
        pytest.param(write("content/world/b.comments.json", write_snapshot("Me.")), 9, id="a first comment"),
        pytest.param(
            write(E, write_article("E", "2026-10-09", "[a](a.md), [on](#x)", tags="[red]")), 16, id="the newest article"
        ),
        pytest.param(
            write("content/world/a.moderation.yaml", write_moderation("id: c-0, action: hide")), 9, id="a decision"
        ),
    ],
)
def test_what_shows_an_edit_is_planned_anew(
    site: Path, tmp_path: Path, change: Callable[[Path], object], pages: int
) -> None:
    write_files(site, {"content/world/a.moderation.yaml": write_moderation()})
    call_build(site)
    change(site)
    report = find_standing_site(site)
    assert report is not None
    compare(site, tmp_path / "clean")
    assert (report.written, report.removed) == (pages, 0)
    assert report.comments == call_build(site, tmp_path / "other").comments
    again = find_standing_site(site)
    assert again is not None
    assert again.written == 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(write(A, write_article("A", "2026-10-09", "See [b](b.md).", **FIELDS)), id="a date"),
        pytest.param(write(A, write_article("A", body="See [b](b.md).", **FIELDS, slug="x")), id="an address"),
        pytest.param(write(A, write_article("A", body="See [b](b.md).", **{**FIELDS, "tags": "[blue]"})), id="a tag"),
        pytest.param(write("content/pages/about.md", write_article("Us", body="We.")), id="the title of a page"),
        pytest.param(
            write("content/world/c.md", write_article("X", "2026-10-03", "Same.", draft="true")), id="a draft"
        ),
        pytest.param(lambda site: edit(site, A, "See [b](c.md).", **FIELDS), id="a link"),
        pytest.param(lambda site: edit(site, A, "![b](b.png)", **FIELDS), id="an image, which is missing"),
        pytest.param(write("content/world/a.comments.json", write_snapshot()), id="no comment any more"),
        pytest.param(write("content/world/a.comments.json", "{"), id="a broken snapshot"),
        pytest.param(write(E, write_article("E", "2026-10-03", "E.")), id="an article that is not the newest"),
        pytest.param(write(E, write_article("E", "2026-10-09", "E.", tags="[new]")), id="an article with a tag more"),
        pytest.param(
            write(E, write_article("E", "2026-10-09", "E.", authors="[Ada]")), id="an article by somebody new"
        ),
        pytest.param(write(E, write_article("E", "2026-10-09", "E.", tags="[Red]")), id="an article with another name"),
        pytest.param(write(E, write_article("E", "2026-10-09", "E.", lang="nl")), id="an article in another language"),
        pytest.param(
            write(E, write_article("E", "2026-10-09", "E.", aliases="[/old/]")), id="an article with an alias"
        ),
        pytest.param(write(E, write_article("E", "2026-10-09", "E.", slug="d")), id="an article where one is"),
        pytest.param(write(E, write_article("E", "2026-10-09", "![](x.png)")), id="an article with a picture"),
        pytest.param(write(E, write_article("E", "2026-10-09", "[c](c.md)")), id="an article that links to a draft"),
        pytest.param(write(E, write_article("E", "2027-01-01", "E.")), id="an article of next year"),
        pytest.param(
            write("content/sport/e.md", write_article("E", "2026-10-09", "E.")), id="an article in a new section"
        ),
        pytest.param(write("content/pages/e.md", write_article("E", body="E.")), id="a page more"),
        pytest.param(write("content/world/d.moderation.yaml", write_moderation()), id="decisions about nothing"),
        pytest.param(write("content/world/e.png", "picture"), id="a file more"),
        pytest.param(write("content/world/a.moderation.yml", write_moderation()), id="decisions under another name"),
        pytest.param(
            lambda site: write_files(
                site,
                {
                    "content/world/a.moderation.yml": write_moderation(),
                    "content/world/a.comments.json": write_snapshot("One."),
                },
            ),
            id="comments with decisions under another name",
        ),
        pytest.param(write("content/pages/about.markdown", write_article("Us")), id="a second document of that name"),
        pytest.param(
            put_in_the_way("world/2026/10/b/comments.xml", "content/world/b.comments.json", write_snapshot("Me.")),
            id="a first comment where its feed has no place",
        ),
        pytest.param(
            put_in_the_way("world/page/1/index.html", E, write_article("E", "2026-10-09", "E.")),
            id="an article more, where its list has no place",
        ),
        pytest.param(lambda site: (site / B).unlink(), id="an article less"),
        pytest.param(write(B, write_article("B", body="").encode()[:20].decode()), id="a mistake"),
        pytest.param(lambda site: (site / "output/index.html").unlink(), id="an edit, and a page less"),
    ],
)
def test_more_is_left_to_a_build(site: Path, tmp_path: Path, change: Callable[[Path], object]) -> None:
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    change(site)
    before = read_tree(site / "output")
    assert find_standing_site(site) is None
    assert read_tree(site / "output") == before
    if call_build(site).published:
        compare(site, tmp_path / "clean")


def test_comments_that_two_documents_show_are_left_to_a_build(site: Path, tmp_path: Path) -> None:
    write_files(site, {B: write_article("B", "2026-10-02", "Other.", comments="a.comments.json")})
    assert call_build(site).published
    write_files(site, {"content/world/a.comments.json": write_snapshot("One.", "Two.", "Three.")})
    assert find_standing_site(site) is None
    assert call_build(site).published
    compare(site, tmp_path / "clean")


def test_decisions_that_stand_beside_a_draft_count(site: Path, tmp_path: Path) -> None:
    hidden = {
        "content/world/c.md": write_article("C", "2026-10-03", "Same.", draft="true", comments="a.comments.json"),
        "content/world/c.moderation.yaml": write_moderation("id: c-0, action: hide"),
        A: write_article("A", body="See [b](b.md).", **FIELDS, comments="a.comments.json"),
    }
    write_files(site, hidden)
    assert call_build(site).published
    write_files(site, {"content/world/a.comments.json": write_snapshot("One.", "Two.", "Three.")})
    assert find_standing_site(site) is None
    assert call_build(site).published
    compare(site, tmp_path / "clean")


def test_first_comments_that_a_draft_names_too_are_left_to_a_build(site: Path, tmp_path: Path) -> None:
    shared = {
        "sitegen.toml": FILES["sitegen.toml"] + "comments = false\n",  # no feed more, whose place had to be free
        "content/world/c.md": write_article("C", "2026-10-03", "Same.", draft="true", comments="b.comments.json"),
        "content/world/c.moderation.yaml": write_moderation("id: c-0, action: hide"),
    }
    write_files(site, shared)
    assert call_build(site).problems
    write_files(site, {"content/world/b.comments.json": write_snapshot("One.", "Two.")})
    assert find_standing_site(site) is None
    assert not call_build(site).problems
    assert b"One." not in compare(site, tmp_path / "clean")["world/2026/10/b/index.html"]


@pytest.mark.parametrize("folder", [pytest.param("", id="of the site"), pytest.param("world/", id="of a section")])
def test_an_article_takes_the_place_of_an_old_feed(site: Path, tmp_path: Path, folder: str) -> None:
    (site / "permalinks.lock").unlink()
    write_files(site, {"sitegen.toml": f"permalink = '/{folder}{{slug}}/'\n" + FILES["sitegen.toml"]})
    assert call_build(site).published
    line = f"/{folder}feed/ /{folder}rss.xml 301".encode()
    assert line in (site / "output/_redirects").read_bytes().splitlines()
    write_files(site, {E: write_article("E", "2026-10-09", "E.", slug="feed")})
    assert find_standing_site(site) is None
    assert call_build(site).published
    assert line not in compare(site, tmp_path / "clean")["_redirects"].splitlines()


def test_a_headline_may_have_been_suggested(site: Path) -> None:
    menus = "[menus]\nmain = [{title = 'X', url = 'The bridge is opens'}]\n"
    headline = {"title": "The bridge is open", "day": "2026-10-02"}
    write_files(site, {"sitegen.toml": FILES["sitegen.toml"] + menus, B: write_article(**headline)})
    (before,) = call_build(site).problems
    write_files(site, {B: write_article(**{**headline, "title": "The bridge is opened"})})
    assert find_standing_site(site) is None
    (after,) = call_build(site).problems
    assert (before.hint, after.hint) == ("did you mean `The bridge is open`?", "did you mean `The bridge is opened`?")


def test_a_menu_may_be_waiting_for_a_new_article(site: Path) -> None:
    menus = "[menus]\nmain = [{title = 'E', url = '/world/2026/10/e/'}]\n"
    write_files(site, {"sitegen.toml": FILES["sitegen.toml"] + menus})
    assert [problem.code for problem in call_build(site).problems] == ["menus"]
    write_files(site, {E: write_article("E", "2026-10-09", "E.")})
    assert find_standing_site(site) is None
    assert not call_build(site).problems


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({B: write_article("B again", "2026-10-02", "Other.")}, id="a headline"),
        pytest.param({E: write_article("E", "2026-10-09", "E.")}, id="the newest article"),
        pytest.param({"content/world/b.comments.json": write_snapshot("Me.")}, id="a first comment"),
    ],
)
def test_what_is_told_of_others_stays_true(site: Path, tmp_path: Path, files: Mapping[str, str]) -> None:
    text = "[gone](/gone/) ![lost](lost.png) {{< tag >}} [c](c.md)"
    told = write_article("F", "2026-10-01", text, description="x", image="lead.png", mood="calm")
    write_files(site, {"content/world/f.md": told})
    codes = [problem.code for problem in call_build(site).problems]
    assert sorted(codes) == ["image", "image", "link", "link", "template-tag", "unknown-key"]
    write_files(site, files)
    report = find_standing_site(site)
    assert report is not None
    compare(site, tmp_path / "clean")
    assert report.problems == build_as_ordered(site).problems
