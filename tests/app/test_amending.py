"""An edited text is published without a plan; anything more is left to a build, which comes to the same."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from sitegen.app import build as building
from sitegen.app.report import BuildReport
from sitegen.errors import Problem
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, open_state
from tests.sites import (
    CONFIG,
    TINY_THEME,
    build_as_ordered,
    call_build,
    call_sitegen,
    find_loaded,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_site,
    write_snapshot,
)

_MAIN = "{% block main %}\n"
A, B, E = (f"content/world/{name}.md" for name in "abe")
FIELDS = {"description": "In short.", "tags": "[red]", "rating": "4 (2 votes)"}
FILES = {
    "sitegen.toml": CONFIG + "[feeds]\ncontent = 'full'\n",
    "themes/tiny/templates/article.html": TINY_THEME["article.html"].replace(
        _MAIN, _MAIN + "{{ page.reading_minutes }} minutes\n"
    ),
    A: write_article("A", body="See [b](b.md).", **FIELDS),
    B: write_article("B", "2026-10-02", body="Other."),
    "content/world/c.md": write_article("C", "2026-10-03", body="Same.", draft="true"),
    "content/world/d.md": write_article("D", "2026-10-04", body="Same."),
    "content/world/a.comments.json": write_snapshot("One.", "Two."),
    "content/pages/about.md": write_article("About", body="We.", description="We."),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built."""
    root = write_site(tmp_path / "site", FILES)
    assert call_build(root).published
    return root


def edit(site: Path, path: str, body: str, **fields: str) -> None:
    title = {A: "A", B: "B"}.get(path, "About")
    day = "2026-10-02" if path == B else "2026-10-01"
    write_files(site, {path: write_article(title, day, body, **fields)})


def compare(site: Path, folder: Path) -> Mapping[str, bytes]:
    """The output, which has to be that of a build from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    build_as_ordered(site, folder / "fresh", state_folder=folder / "memory")
    made = read_tree(site / "output")
    assert made == read_tree(folder / "fresh")
    return made


def test_a_text_is_exchanged_wherever_it_stands(site: Path, tmp_path: Path) -> None:
    edit(site, A, "See [b](b.md). " + "More. " * 400, **FIELDS)
    report = find_standing_site(site)
    assert report is not None
    assert (report.rendered, report.written, report.removed) == (7, 7, 0)  # its page, and six feeds
    assert b"2 minutes" in compare(site, tmp_path / "clean")["world/2026/10/a/index.html"]


def test_nothing_is_loaded_but_what_pages_are_made_with(site: Path) -> None:
    assert call_sitegen("-C", site, "build").code == 0
    edit(site, A, "See [b](b.md), *anew*.", **FIELDS)
    assert find_loaded("-C", site, "build") <= {"babel", "jinja2"}
    assert b"<em>anew</em>" in (site / "output/world/2026/10/a/index.html").read_bytes()


def test_the_next_build_finds_nothing_to_do(site: Path) -> None:
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    first = find_standing_site(site)
    second = find_standing_site(site)
    assert first is not None
    assert second is not None
    assert (second.rendered, second.written, second.unchanged) == (0, 0, first.unchanged + first.written)
    third = build_as_ordered(site)
    assert (third.rendered, third.written, third.removed) == (0, 0, 0)


def test_one_edit_after_the_other(site: Path, tmp_path: Path) -> None:
    for number in range(3):
        edit(site, A, f"See [b](b.md), {number}.", **FIELDS)
        edit(site, "content/pages/about.md", f"We, {number}.", description="We.")
        assert find_standing_site(site) is not None
    assert b"We, 2." in compare(site, tmp_path / "clean")["about/index.html"]


def test_a_text_without_a_page(site: Path) -> None:
    write_files(site, {"content/world/e.md": write_article("E", body="Later.", draft="true", description="x")})
    call_build(site)
    write_files(site, {"content/world/e.md": write_article("E", body="Later!", draft="true", description="x")})
    report = find_standing_site(site)
    assert report is not None
    assert (report.rendered, report.written) == (0, 0)


def test_an_edit_that_readers_do_not_see(site: Path) -> None:
    edit(site, A, "See [b](b.md).\n\n", **FIELDS)
    report = find_standing_site(site)
    assert report is not None
    assert report.written == 0


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


def test_a_text_that_two_documents_have_changes_for_one(site: Path, tmp_path: Path) -> None:
    twins = {f"content/world/{name}.md": write_article(name, body="Same.", description="x") for name in ("e", "f")}
    write_files(site, twins)
    assert call_build(site).published
    write_files(site, {"content/world/e.md": write_article("e", body="Other.", description="x")})
    assert find_standing_site(site) is not None
    made = compare(site, tmp_path / "clean")
    assert b"Other." in made["world/2026/10/e/index.html"]
    assert b"Same." in made["world/2026/10/f/index.html"]


def test_a_text_that_another_document_had_first_changes_for_one(site: Path, tmp_path: Path) -> None:
    def write_text(name: str, text: str) -> None:
        write_files(site, {f"content/world/{name}.md": write_article(name, body=text, description="x")})

    write_text("e", "One.")
    write_text("f", "Two.")
    assert call_build(site).published
    write_text("e", "Two.")
    assert find_standing_site(site) is not None
    write_text("e", "Three.")
    assert find_standing_site(site) is not None
    assert b"Two." in compare(site, tmp_path / "clean")["world/2026/10/f/index.html"]


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


def test_what_was_told_about_a_document_is_told_again_with_its_new_place(site: Path) -> None:
    write_files(site, {B: write_article("B", "2026-10-02", "[c](c.md)", description="x")})
    (problem,) = call_build(site).problems
    write_files(site, {B: write_article("B", "2026-10-02", "\n\n[c](c.md)", description="x")})
    assert find_standing_site(site) is None
    (moved,) = call_build(site).problems
    assert problem.span
    assert moved.span
    assert moved.span.line == problem.span.line + 2


_ODD_TALK = write_snapshot("One.", "Three.").replace('{"schema"', '{"mood": "calm",\n"schema"')


def tell(site: Path, folder: Path) -> Sequence[Problem]:
    """What is told after an edit without a build; it has to be what a build tells."""
    report = find_standing_site(site)
    assert report is not None
    assert report.problems == build_as_ordered(site, folder / "told", state_folder=folder / "known").problems
    return report.problems


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        pytest.param(A, write_article("A", body="See [b](b.md). {{< x >}}", **FIELDS), 3, id="of a text"),
        pytest.param(A, write_article("A", body="[b](b.md)", mood="calm", **FIELDS), 3, id="of a key"),
        pytest.param(B, write_article("B", "2026-10-02", "\n\n{{< y >}}", colour="red"), 2, id="at another place"),
        pytest.param(B, write_article("B", "2026-10-02", "Other!"), 0, id="no longer"),
        pytest.param("content/world/a.comments.json", _ODD_TALK, 3, id="of comments"),
    ],
)
def test_what_a_document_says_of_itself_is_told(site: Path, tmp_path: Path, path: str, text: str, count: int) -> None:
    write_files(site, {B: write_article("B", "2026-10-02", "{{< y >}}", colour="red")})
    assert len(call_build(site).problems) == 2
    write_files(site, {path: text})
    assert len(tell(site, tmp_path)) == count
    write_files(site, {A: write_article("A", body="{{< z >}}", weight="2", **FIELDS)})
    assert "`{{< z >}}`" in str(tell(site, tmp_path))
    compare(site, tmp_path / "clean")


def test_warnings_that_count_as_errors_are_told_by_a_build(site: Path) -> None:
    assert call_build(site, strict=True).published
    edit(site, A, "See [b](b.md). {{< x >}}", **FIELDS)
    assert find_standing_site(site, strict=True) is None
    assert not call_build(site, strict=True).published


def test_a_template_that_fails_is_told_by_a_build(site: Path) -> None:
    template = TINY_THEME["article.html"].replace(_MAIN, _MAIN + "{{ 1 // (page.reading_minutes - 2) }}\n")
    write_files(site, {"themes/tiny/templates/article.html": template})
    assert call_build(site).published
    edit(site, A, "See [b](b.md). " + "More. " * 400, **FIELDS)
    assert find_standing_site(site) is None
    assert [problem.code for problem in call_build(site).problems] == ["template"]


def test_an_embargo_needs_every_page_to_be_looked_at(site: Path) -> None:
    write_files(site, {"content/world/e.md": write_article("E", body="Secret plan.", embargo="2027-01-01")})
    assert call_build(site).published
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    assert find_standing_site(site) is None


def test_the_memory_names_no_code_to_run(site: Path) -> None:
    write_files(site, {"sitegen.toml": FILES["sitegen.toml"] + "[markdown]\nextensions = ['nl2br']\n"})
    assert call_build(site).published
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    assert find_standing_site(site) is None


def test_a_memory_that_lost_a_page_is_made_anew(site: Path, tmp_path: Path) -> None:
    with open_state(site / STATE_FOLDER / STATE_FILE) as state:
        state.forget_except("spec", frozenset())
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    assert find_standing_site(site) is None
    assert call_build(site).published
    edit(site, A, "See [b](b.md), and again.", **FIELDS)
    assert find_standing_site(site) is not None
    compare(site, tmp_path / "clean")


def test_two_outputs_do_not_disturb_each_other(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert call_build(site, other).published
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    assert amended(site, other)
    # The last scan is now one that the first output knows nothing of: a build finds out.
    assert find_standing_site(site) is None
    assert call_build(site).written == 7
    assert read_tree(other) == read_tree(site / "output")


def amended(site: Path, output: Path) -> BuildReport | None:
    return find_standing_site(site, output)


def test_the_command_says_what_was_written(site: Path) -> None:
    call_sitegen("-C", site, "build")
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    outcome = call_sitegen("-C", site, "build")
    assert "7 files written" in outcome.err


def test_nothing_plans(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "plan_site", lambda _: pytest.fail("the site was planned"))
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    assert call_build(site).written == 7
