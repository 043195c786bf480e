"""What goes in beside what comes out: whole sites, and themes that replace a part of another."""

import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.samples import CLOCK
from tests.site.golden_pages import CASES, EXPECTED, GOLDEN, HERE, SAMPLE_FILES, build_golden, read_pages
from tests.sites import build, read_tree, write_article, write_files


@pytest.mark.parametrize("case", CASES)
def test_a_site_comes_out_as_it_is_written_down(case: str, tmp_path: Path) -> None:
    expected, built = read_pages(GOLDEN / case / EXPECTED), build_golden(case, tmp_path)
    hint = "if that is meant, run `python -m tests.site.golden_pages` and read the difference"
    assert built.keys() == expected.keys(), hint
    for path, text in expected.items():
        assert built[path] == text, f"{case}/{path}: {hint}"


def test_the_sample_site_has_the_files_that_are_written_down(sample_output: Path) -> None:
    files = "".join(f"{path}\n" for path in sorted(read_tree(sample_output)))
    assert files == SAMPLE_FILES.read_text(encoding="utf-8"), "run `python -m tests.site.golden_pages`"


def test_pages_do_not_age(tmp_path: Path) -> None:
    """What was two months ago on the day of capture is July 2023, today and in ten years."""
    shown = build_golden("scene", tmp_path)
    build(tmp_path, tmp_path / "later", clock=CLOCK.replace(year=CLOCK.year + 10))
    assert read_pages(tmp_path / "later") == shown
    page = shown["world/2023/07/office/index.html"]
    assert "edited July 2023 by a moderator" in page
    assert " ago" not in page


ARTICLE = {"content/world/a.md": write_article("Bridge", "2026-10-01", source="The Harbour Post 2026")}


def show(root: Path, themes: str, files: dict[str, str]) -> LexborHTMLParser:
    """The page of an article as `themes` show it, where `files` are those of the theme `mine`."""
    shutil.copytree(HERE / "themes", root / "themes")
    config = f'base_url = "https://news.example/"\ntheme = [{themes}]\n'
    mine = {f"themes/mine/{path}": text for path, text in files.items()}
    write_files(root, {"sitegen.toml": config, **ARTICLE, **mine})
    report = build(root)
    assert report.problems == ()
    return LexborHTMLParser((root / "output/world/2026/10/a/index.html").read_text(encoding="utf-8"))


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [node.text().strip() for node in page.css(selector)]


def test_a_block_of_one_template_is_replaced(tmp_path: Path) -> None:
    template = '{% extends "tiny:article.html" %}\n{% block source %}\n<p>First in {{ super() }}</p>\n{% endblock %}\n'
    page = show(tmp_path, '"mine", "tiny"', {"templates/article.html": template})
    assert "First in" in page.text()
    assert "source: The Harbour Post 2026" in page.text()
    assert texts(page, "h1") == ["Bridge"]


def test_a_part_is_replaced_wherever_it_is_used(tmp_path: Path) -> None:
    files = {"templates/partials/pager.html": "<p>my pager</p>\n"}
    show(tmp_path, '"mine", "tiny"', files)
    for path in ("index.html", "world/index.html"):
        assert "my pager" in (tmp_path / "output" / path).read_text(encoding="utf-8")


def test_words_options_and_static_files_are_replaced(tmp_path: Path) -> None:
    files = {
        "theme.toml": '[options]\nmotto = "My motto"\n',
        "locales/en.toml": 'not_found = "Nothing of mine."\n',
        "static/css/tiny.css": "p { color: red }\n",
    }
    page = show(tmp_path, '"mine", "tiny"', files)
    assert texts(page, "header") == ["News My motto"]
    output = tmp_path / "output"
    assert "Nothing of mine." in (output / "404.html").read_text(encoding="utf-8")
    assert (output / "assets/css/tiny.css").read_text(encoding="utf-8") == "p { color: red }\n"


def test_what_ships_stands_behind_every_theme(tmp_path: Path) -> None:
    template = '{% extends "broadsheet:article.html" %}\n{% block article_extra %}<p>My own</p>{% endblock %}\n'
    page = show(tmp_path, '"mine"', {"templates/article.html": template})
    assert texts(page, "h1") == ["Bridge"]
    assert "My own" in texts(page, "footer p")


def test_a_template_that_replaces_itself_without_end_is_told(tmp_path: Path) -> None:
    shutil.copytree(HERE / "themes", tmp_path / "themes")
    template = '{% extends "article.html" %}\n'
    write_files(
        tmp_path,
        {"sitegen.toml": 'theme = ["mine", "tiny"]\n', **ARTICLE, "themes/mine/templates/article.html": template},
    )
    problems = [problem for problem in build(tmp_path).problems if problem.severity == "error"]
    assert [problem.file for problem in problems] == ["themes/mine/templates/article.html"]
