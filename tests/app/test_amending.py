"""An edited text is published without a plan; anything more is left to a build, which comes to the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.app import build as building
from sitegen.app import exchanging
from sitegen.app.report import BuildReport
from sitegen.errors import Problem
from sitegen.storage.state import STATE_FILE, STATE_FOLDER, open_state
from tests.app.edited_site import FIELDS, FILES, MAIN, A, B, build_site_to_edit, compare, edit
from tests.sites import (
    TINY_THEME,
    build_as_ordered,
    call_build,
    call_sitegen,
    find_loaded,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_snapshot,
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built."""
    return build_site_to_edit(tmp_path / "site")


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
    template = TINY_THEME["article.html"].replace(MAIN, MAIN + "{{ 1 // (page.reading_minutes - 2) }}\n")
    write_files(site, {"themes/tiny/templates/article.html": template})
    assert call_build(site).published
    edit(site, A, "See [b](b.md). " + "More. " * 400, **FIELDS)
    assert find_standing_site(site) is None
    assert [problem.code for problem in call_build(site).problems] == ["template"]


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


@pytest.mark.parametrize("most", [1, 1000])
def test_no_text_is_converted_in_vain(site: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(exchanging, "parse_text", lambda *_: pytest.fail("a text was converted"))
    monkeypatch.setattr(exchanging, "_MANY", most)
    edit(site, A, "See [b](b.md), again.", **FIELDS)
    write_files(site, {B: write_article("B as well", "2026-10-02", "Other.")})
    report = find_standing_site(site)  # both are planned
    assert report is not None
    assert report.written > 7
