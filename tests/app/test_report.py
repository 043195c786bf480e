"""Problems in a number that people can read."""

from sitegen.app.report import BuildReport, count_errors, make_strict, sort_problems, summarise
from sitegen.errors import Severity, Span, error, warning
from sitegen.model.values import replace


def test_problems_are_sorted_by_place_and_told_once() -> None:
    far = error("rating", "must be at most 5", "content/b.md", Span(line=5, column=9))
    near = error("date", "is no date", "content/b.md", Span(line=4))
    other = warning("image", "no such image: `x.png`", "content/a.md", Span(line=9))
    everywhere = warning("menus", "the menu entry names nothing")
    assert sort_problems([far, near, other, far, everywhere]) == (everywhere, other, near, far)


def test_strict_knows_no_warnings() -> None:
    problems = (warning("image", "no such image"), error("date", "is no date"))
    assert count_errors(problems) == 1
    assert [problem.severity for problem in make_strict(problems)] == [Severity.ERROR, Severity.ERROR]


def test_more_than_three_alike_warnings_are_told_as_one() -> None:
    missing = [
        warning("image", f"no such image: `{place}.png`", f"content/{place % 2}.md", Span(line=place + 1))
        for place in range(5)
    ]
    tags = [
        warning("template-tag", f"`{{{{< {kind} >}}}}` is a template tag", "content/a.md") for kind in ("ref", "video")
    ]
    broken = [error("link", f"no such document: `{place}.md`", "content/a.md") for place in range(5)]
    told = summarise([*missing, *tags, *broken])
    summary = replace(missing[0], message="no such image: `0.png` (and alike: 5 times in 2 files)")
    assert told == (summary, *tags, *broken)


def test_three_alike_warnings_are_told_one_by_one() -> None:
    problems = tuple(warning("link", f"no such page: `/{place}/`", "content/a.md") for place in range(3))
    assert summarise(problems) == problems


def test_two_missing_images_and_two_tags_of_a_kind_are_told_as_one() -> None:
    images = [warning("image", f"no such image: `{place}.png`", "content/a.md") for place in range(2)]
    tags = [warning("template-tag", "`{{< ref >}}` is a template tag", f"content/{name}.md") for name in "ab"]
    assert [problem.message for problem in summarise([*images, *tags])] == [
        "no such image: `0.png` (and alike: 2 times)",
        "`{{< ref >}}` is a template tag (and alike: 2 times in 2 files)",
    ]


def test_a_line_of_a_template_that_fails_on_many_pages_is_told_once() -> None:
    place = ("themes/mine/templates/footer.html", Span(line=3))
    failed = [
        error("template", f"SiteView has no `nope`, while rendering `/{page}.html` (a page)", *place)
        for page in ("a", "b", "c")
    ]
    other = error("template", "SiteView has no `else`, while rendering `/a.html` (a page)", *place)
    told = summarise([*failed, other])
    assert told == (replace(failed[0], message=f"{failed[0].message} and 2 more pages"), other)


def test_alike_warnings_of_one_file() -> None:
    problems = tuple(warning("image", f"no such image: `{place}.png`", "content/a.md") for place in range(4))
    (told,) = summarise(problems)
    assert told.message == "no such image: `0.png` (and alike: 4 times)"


def test_a_refusal_is_a_report_of_nothing() -> None:
    problems = (
        error("toml", "is broken", "sitegen.toml", Span(line=2)),
        warning("x", "y", "sitegen.toml", Span(line=1)),
    )
    report = BuildReport.refusal(problems)
    assert (report.published, report.errors, report.problems) == (False, 1, problems[::-1])
    assert (report.articles, report.written, report.next_change, report.seconds) == (0, 0, None, 0.0)
