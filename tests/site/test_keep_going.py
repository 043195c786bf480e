"""`--keep-going`: what is sound is published, and the last good version of what is not stays, round after round."""

import shutil
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.app.report import BuildReport
from tests.sites import (
    CONFIG,
    build,
    call_sitegen,
    read_tree,
    write_article,
    write_files,
    write_moderation,
    write_site,
    write_snapshot,
)

BROKEN = write_article("B", body="New text of B.", rating="9")
UNREADABLE = "---\ntitle: [\n---\n\nText.\n"
SIDE = "content/world/b.comments.json"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two published articles in a section; B has a comment."""
    files = {
        "content/world/_index.md": "---\ntitle: World affairs\n---\n",
        "content/world/a.md": write_article("A", "2026-10-01", body="Old text of A."),
        "content/world/b.md": write_article("B", "2026-10-02", body="Old text of B."),
        SIDE: write_snapshot("Old comment."),
    }
    site = write_site(tmp_path / "site", files)
    assert build(site).errors == 0
    return site


def keep_going(site: Path) -> BuildReport:
    report = build(site, keep_going=True)
    assert report.published
    return report


def show(site: Path, slug: str) -> str:
    return (site / f"output/world/2026/10/{slug}/index.html").read_text()


def is_shown(site: Path, slug: str) -> bool:
    return (site / f"output/world/2026/10/{slug}/index.html").exists()


def equals_clean_build(site: Path, tmp_path: Path) -> bool:
    """Whether the output is what a build from nothing makes."""
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(tmp_path / "memory", ignore_errors=True)
    assert build(site, fresh, state_folder=tmp_path / "memory").errors == 0
    return read_tree(site / "output") == read_tree(fresh)


def test_round_after_round(site: Path, tmp_path: Path) -> None:
    # broken, while another article is edited
    write_files(site, {"content/world/b.md": BROKEN, "content/world/a.md": write_article("A", body="New text of A.")})
    report = keep_going(site)
    assert (report.kept, report.left_out, report.errors) == (("content/world/b.md",), (), 1)
    assert "New text of A." in show(site, "a")
    assert "Old text of B." in show(site, "b")
    assert "Old comment." in show(site, "b")
    # nothing changed: nothing to do, and it is said again
    report = keep_going(site)
    assert (report.kept, report.errors) == (("content/world/b.md",), 1)
    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    # mended
    write_files(site, {"content/world/b.md": write_article("B", "2026-10-02", body="Mended text of B.")})
    assert keep_going(site).errors == 0
    assert "Mended text of B." in show(site, "b")
    # broken otherwise
    write_files(site, {"content/world/b.md": UNREADABLE})
    assert keep_going(site).kept == ("content/world/b.md",)
    assert "Mended text of B." in show(site, "b")
    # deleted while broken
    (site / "content/world/b.md").unlink()
    (site / SIDE).unlink()
    assert keep_going(site).errors == 0
    assert not is_shown(site, "b")
    assert equals_clean_build(site, tmp_path)


def test_broken_from_the_start(site: Path, tmp_path: Path) -> None:
    write_files(
        site,
        {
            "content/world/c.md": write_article("C", rating="9"),
            "content/world/a.md": write_article("A", body="Look at [the third](c.md)."),
        },
    )
    report = keep_going(site)
    assert (report.kept, report.left_out) == ((), ("content/world/c.md",))
    assert not is_shown(site, "c")
    assert ">the third</a>" in show(site, "a")
    assert "href" not in show(site, "a")
    write_files(site, {"content/world/c.md": write_article("C")})
    assert keep_going(site).errors == 0
    assert equals_clean_build(site, tmp_path)


def test_a_broken_article_that_calls_itself_a_draft_is_taken_away(site: Path) -> None:
    write_files(site, {"content/world/b.md": write_article("B", rating="9", draft="true")})
    report = keep_going(site)
    assert (report.kept, report.left_out, report.errors, report.drafts) == ((), (), 0, 1)
    assert not is_shown(site, "b")


def test_a_broken_snapshot_keeps_its_comments_and_not_its_article(site: Path, tmp_path: Path) -> None:
    write_files(site, {"content/world/b.md": write_article("B", "2026-10-02", body="New text of B."), SIDE: "{"})
    report = keep_going(site)
    assert (report.kept, report.left_out, report.comments) == ((SIDE,), (), 1)
    assert "New text of B." in show(site, "b")
    assert "Old comment." in show(site, "b")
    write_files(site, {SIDE: write_snapshot("Old comment.", "New comment.")})
    assert keep_going(site).comments == 2
    (site / SIDE).unlink()
    assert keep_going(site).comments == 0
    assert equals_clean_build(site, tmp_path)


def test_a_snapshot_that_is_broken_from_the_start_is_left_out_alone(site: Path) -> None:
    write_files(site, {"content/world/a.comments.json": "{"})
    report = keep_going(site)
    assert (report.kept, report.left_out) == ((), ("content/world/a.comments.json",))
    assert is_shown(site, "a")


@pytest.mark.parametrize(
    "broken",
    ["", write_moderation("id: c-1, action: hid"), write_moderation("id: c-7, action: hide"), "decisions: {"],
    ids=["empty", "mistyped", "about another comment", "no YAML"],
)
def test_comments_that_editors_may_have_hidden_stay_as_they_were(site: Path, tmp_path: Path, broken: str) -> None:
    moderation = "content/world/b.moderation.yaml"
    write_files(site, {moderation: broken, SIDE: write_snapshot("Old comment.", "Hidden comment.")})
    assert keep_going(site).kept == (SIDE,)
    assert "Old comment." in show(site, "b")
    assert "Hidden comment." not in show(site, "b")
    # what was hidden once stays hidden while the file is broken, whatever comes into the snapshot
    write_files(site, {moderation: write_moderation("id: c-0, action: hide")})
    assert keep_going(site).comments == 1
    write_files(site, {moderation: broken, SIDE: write_snapshot("Old comment.", "Hidden comment.", "Third.")})
    for _ in range(2):
        report = keep_going(site)
        assert (report.kept, report.comments) == ((SIDE,), 1)
        assert not any(b"Old comment." in data for data in read_tree(site / "output").values())
    write_files(site, {moderation: write_moderation("id: c-2, action: hide")})
    assert keep_going(site).comments == 2
    assert equals_clean_build(site, tmp_path)


def test_comments_that_editors_may_have_hidden_are_never_published(site: Path) -> None:
    write_files(
        site, {"content/world/a.moderation.yaml": "", "content/world/a.comments.json": write_snapshot("Hidden.")}
    )
    assert keep_going(site).left_out == ("content/world/a.comments.json",)
    assert "Hidden." not in show(site, "a")


@pytest.mark.parametrize("lost", ["the memory", "a part of it"])
def test_hidden_comments_do_not_come_back_when_the_memory_is_lost(site: Path, lost: str) -> None:
    write_files(site, {"content/world/b.moderation.yaml": write_moderation("id: c-0, action: hide")})
    keep_going(site)
    if lost == "the memory":
        shutil.rmtree(site / ".sitegen")
    else:
        with sqlite3.connect(site / ".sitegen/state.sqlite") as connection:
            connection.execute("DELETE FROM memory WHERE kind = 'snapshot'")
        connection.close()
    write_files(site, {"content/world/b.moderation.yaml": "decisions: {"})
    keep_going(site)
    assert not any(b"Old comment." in data for data in read_tree(site / "output").values())


def test_a_snapshot_that_front_matter_names(site: Path) -> None:
    archive = "content/world/c/archive.json"
    sound = write_article("C", body="Old text of C.", comments="archive.json")
    write_files(site, {"content/world/c/index.md": sound, archive: write_snapshot("Kept.")})
    assert keep_going(site).errors == 0
    for broken in (sound.replace("date:", "dat: x\nrating: 9\ndate:"), sound.replace("archive", "arhcive")):
        write_files(site, {"content/world/c/index.md": broken})
        assert keep_going(site).kept == ("content/world/c/index.md",)
        assert "Kept." in show(site, "c")
        assert not (site / "output/world/2026/10/c/archive.json").exists()  # it may hold what must not be published


def test_a_broken_section_keeps_its_name(site: Path) -> None:
    write_files(site, {"content/world/_index.md": "---\ntitle: [\n---\n"})
    report = keep_going(site)
    assert (report.kept, report.written) == (("content/world/_index.md",), 0)
    assert "World affairs" in show(site, "a")
    write_files(site, {"content/sport/_index.md": UNREADABLE, "content/sport/c.md": write_article("C")})
    report = keep_going(site)
    assert report.left_out == ("content/sport/_index.md",)
    assert "World affairs" in show(site, "a")
    assert "Sport" in show(site, "a")


def test_a_template_that_fails_on_one_page(site: Path, tmp_path: Path) -> None:
    special = "themes/tiny/templates/special.html"
    files = {
        special: "special: {{ content.html }}\n",
        "content/world/b.md": write_article("B", template="special.html"),
    }
    write_files(site, files)
    assert keep_going(site).errors == 0
    before = show(site, "b")
    for text in ("{{ page.titel }}", "{% if %}"):
        write_files(site, {special: text, "content/world/a.md": write_article("A", body=f"Newer than {text}")})
        report = keep_going(site)
        assert (report.kept, report.errors) == (("/world/2026/10/b/index.html",), 1)
        assert show(site, "b") == before
        assert "Newer than" in show(site, "a")
        assert keep_going(site).written == 0
    (site / "content/world/b.md").unlink()
    (site / SIDE).unlink()
    assert keep_going(site).errors == 0
    assert not is_shown(site, "b")
    assert equals_clean_build(site, tmp_path)


def test_a_template_that_fails_on_a_new_page(site: Path) -> None:
    special = "themes/tiny/templates/special.html"
    write_files(
        site,
        {special: "{{ page.titel }}", "content/world/c.md": write_article("C", "2026-10-03", template="special.html")},
    )
    report = keep_going(site)
    assert (report.left_out, report.errors) == (("content/world/c.md",), 1)
    assert "behind" not in show(site, "b")  # nothing leads to a page that is not there
    assert "/c/" not in (site / "output/sitemap.xml").read_text()


def test_a_template_that_fails_everywhere_leaves_everything(site: Path) -> None:
    before = read_tree(site / "output")
    write_files(
        site, {"themes/tiny/templates/base.html": "{% block main %}", "themes/tiny/templates/404.html": "gone\n"}
    )
    report = keep_going(site)
    assert report.errors == 1
    after = read_tree(site / "output")
    assert after.pop("404.html") == b"gone\n"
    assert {path: data for path, data in before.items() if path in after and path != "manifest.sha256"} == {
        path: data for path, data in after.items() if path != "manifest.sha256"
    }


def test_a_link_to_nothing(site: Path) -> None:
    write_files(
        site,
        {
            "content/world/b.md": write_article("B", "2026-10-02", body="New, with a [link](gone.md)."),
            "content/world/c.md": write_article("C", body="A [link](gone.md)."),
        },
    )
    report = keep_going(site)
    assert (report.kept, report.left_out, report.errors) == (("content/world/b.md",), ("content/world/c.md",), 2)
    assert "Old text of B." in show(site, "b")


def test_a_link_whose_target_was_deleted_becomes_text(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", body="See [B](b.md).")})
    keep_going(site)
    (site / "content/world/b.md").unlink()
    (site / SIDE).unlink()
    report = keep_going(site)
    assert (report.kept, report.errors) == (("content/world/a.md",), 1)
    assert ">B</a>" in show(site, "a")
    assert "href" not in show(site, "a")


def test_two_articles_at_one_address(site: Path, tmp_path: Path) -> None:
    write_files(site, {"content/world/c.md": write_article("C", slug="a"), "content/world/b.md": BROKEN})
    report = keep_going(site)
    assert (report.kept, report.left_out) == (("content/world/b.md",), ("content/world/c.md",))
    assert "Old text of A." in show(site, "a")
    write_files(site, {"content/world/b.md": write_article("B"), "content/world/c.md": write_article("C")})
    assert keep_going(site).errors == 0
    assert equals_clean_build(site, tmp_path)


def test_an_old_address_that_is_somebody_elses(site: Path) -> None:
    write_files(site, {"content/world/b.md": write_article("B", "2026-10-02", aliases="[/world/2026/10/a/]")})
    report = keep_going(site)
    assert (report.kept, report.errors) == (("content/world/b.md",), 1)
    assert "Old text of A." in show(site, "a")


def test_a_file_where_a_page_belongs(site: Path) -> None:
    write_files(site, {"static/world/2026/10/a/index.html": "mine"})
    report = keep_going(site)
    assert (report.left_out, report.errors) == (("static/world/2026/10/a/index.html",), 1)
    assert "Old text of A." in show(site, "a")


def test_a_chain_of_exchanged_addresses_comes_to_an_end(site: Path) -> None:
    names = [f"c{place:02}" for place in range(20)]
    write_files(site, {f"content/world/{name}.md": write_article(name, slug=name) for name in names})
    assert keep_going(site).errors == 0
    # Everybody takes the address of the one before; the first is broken, and so keeps its own.
    write_files(site, {"content/world/c00.md": UNREADABLE})
    write_files(
        site,
        {f"content/world/{name}.md": write_article(name, slug=before) for before, name in pairwise(names)},
    )
    report = keep_going(site)
    assert report.errors > 0
    assert set(report.kept) | set(report.left_out) >= {"content/world/c00.md", "content/world/c01.md"}
    assert keep_going(site).written == 0


def test_a_link_that_leads_out_of_the_site(site: Path) -> None:
    (site / "content/world/b.md").unlink()
    (site / "content/world/b.md").symlink_to("/etc/hostname")
    (site / "content/world/c.md").symlink_to("/etc/hostname")
    report = keep_going(site)
    assert (report.kept, report.left_out, report.errors) == (("content/world/b.md",), ("content/world/c.md",), 2)
    assert "Old text of B." in show(site, "b")


def test_a_broken_configuration_leaves_everything(site: Path) -> None:
    before = read_tree(site / "output")
    write_files(site, {"sitegen.toml": CONFIG + "page_size = 0\n", "content/world/b.md": BROKEN})
    assert call_sitegen("-C", site, "build", "--keep-going").code == 1
    assert read_tree(site / "output") == before


def test_what_stands_is_kept_when_nothing_is_remembered(site: Path, tmp_path: Path) -> None:
    shutil.rmtree(site / ".sitegen")
    write_files(
        site, {"content/world/b.md": BROKEN, "content/world/a.md": write_article("A", slug="a2", body="Moved A.")}
    )
    before = show(site, "b")
    for _ in range(3):
        report = keep_going(site)
        assert report.left_out == ("content/world/b.md",)
        assert show(site, "b") == before
        assert "Moved A." in show(site, "a2")
    write_files(site, {"content/world/b.md": write_article("B")})
    assert keep_going(site).errors == 0
    assert not is_shown(site, "a")
    assert equals_clean_build(site, tmp_path)


def test_comments_that_stand_are_kept_when_nothing_is_remembered(site: Path) -> None:
    shutil.rmtree(site / ".sitegen")
    write_files(site, {SIDE: "{"})
    for _ in range(2):
        assert "content/world/b.md" in keep_going(site).left_out
        assert "Old comment." in show(site, "b")


@pytest.mark.parametrize("kind", ["article", "body"])
def test_what_stands_is_kept_when_one_value_is_lost(site: Path, kind: str) -> None:
    write_files(site, {"content/world/b.md": BROKEN})
    with sqlite3.connect(site / ".sitegen/state.sqlite") as connection:
        connection.execute("DELETE FROM memory WHERE kind = ?", (kind,))
    connection.close()
    before = show(site, "b")
    for _ in range(3):
        report = keep_going(site)
        assert report.left_out == ("content/world/b.md",)
        assert show(site, "b") == before


def test_what_stands_is_kept_by_a_clean_build(site: Path) -> None:
    write_files(site, {"content/world/b.md": BROKEN})
    before = show(site, "b")
    report = build(site, keep_going=True, clean=True)
    assert report.published
    assert show(site, "b") == before


def test_a_first_build_publishes_what_is_sound(tmp_path: Path) -> None:
    files = {
        "content/world/a.md": write_article("A"),
        "content/world/b.md": BROKEN,
        "content/world/a.comments.json": "{",
    }
    site = write_site(tmp_path / "site", files)
    report = keep_going(site)
    assert (report.articles, report.comments) == (1, 0)
    assert set(report.left_out) == {"content/world/b.md", "content/world/a.comments.json"}
    assert is_shown(site, "a")


def test_strict_decides_only_the_exit_code(site: Path) -> None:
    write_files(site, {"content/world/a.md": write_article("A", body="New text of A.", titel="x")})
    report = build(site, keep_going=True, strict=True)
    assert (report.published, report.errors, report.kept) == (True, 1, ())
    assert "New text of A." in show(site, "a")


def test_the_command_lists_what_it_did_and_still_fails(site: Path) -> None:
    write_files(site, {"content/world/b.md": BROKEN, "content/world/c.md": UNREADABLE})
    done = call_sitegen("-C", site, "build", "--keep-going")
    assert (done.code, done.out) == (1, "")
    *_, counts, _files, kept, errors = done.err.splitlines()
    assert counts == "2 articles, 0 pages, 1 comment"
    assert kept == "Kept as last published: content/world/b.md. Left out: content/world/c.md."
    assert errors == "2 errors found."
