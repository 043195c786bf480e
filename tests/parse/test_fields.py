"""Front matter beside what is said about it: every problem at its place, all of them at once."""

import re
from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import ContentError, Problem, Severity, Span
from sitegen.model.article import Metadata, SectionIndex
from sitegen.model.names import Slug
from sitegen.parse.fields import FieldContext, parse_fields, parse_section_index, read_draft_flag
from sitegen.parse.front_matter import split_document

PATH = "content/world/bridge.md"
NEEDED = ("title: T", "date: 2023-07-09")


def context(
    stem: str = "bridge",
    kind: Literal["article", "page"] = "article",
    section: str | None = "world",
    aliases: Mapping[str, str] | None = None,
) -> FieldContext:
    return FieldContext(
        path=PATH,
        kind=kind,
        section=Slug(section) if section else None,
        stem=stem,
        zone=ZoneInfo("UTC"),
        language="en",
        best=5,
        aliases=aliases or {},
    )


def parse(text: str, about: FieldContext | None = None) -> tuple[Metadata, Mapping[str, Span], tuple[Problem, ...]]:
    raw = split_document(text, PATH)
    metadata, spans, warnings = parse_fields(raw, about or context())
    return metadata, spans, (*raw.warnings, *warnings)


def yaml(written: str) -> str:
    """A document with the YAML lines `written`, and what an article needs; they start on line 4."""
    return "\n".join(["---", *NEEDED, *written.split("\n"), "---", "Body", ""])


def read(written: str) -> Metadata:
    metadata, _, warnings = parse(yaml(written))
    assert warnings == ()
    return metadata


def find_problems(text: str, about: FieldContext | None = None) -> tuple[Problem, ...]:
    try:
        return parse(text, about)[2]
    except ContentError as failure:
        return failure.problems


def show(problem: Problem) -> tuple[str, str, str]:
    assert problem.file == PATH
    assert problem.span is not None
    return problem.code, f"{problem.span.line}:{problem.span.column}", problem.message


@pytest.mark.parametrize("title", ["1984", "no", "0123", "1:30", "12:30:45", "2023-07-09", "Null", "1e3"])
def test_titles_are_text(title: str) -> None:
    metadata, _, warnings = parse(f"---\ntitle: {title}\ndate: 2023-07-09\n---\n")
    assert (metadata.title, type(metadata.title), warnings) == (title, str, ())


def test_a_title_is_one_line() -> None:
    assert parse("---\ntitle: >\n  War\n  and   peace\ndate: 2023-07-09\n---\n")[0].title == "War and peace"


ERRORS: list[tuple[str, str, str, str]] = [
    ("rating: 9", "rating", "4:9", "must be at most 5"),
    ("rating: 0", "rating", "4:9", "must be at least 1"),
    ("rating: {value: 11, best: 10}", "rating", "4:17", "must be at most 10"),
    ("rating: -1", "rating", "4:9", "must be at least 1"),
    ("rating: good", "rating", "4:9", "is no rating"),
    ("rating: [4]", "rating", "4:9", "is no rating"),
    ("rating: {votes: 2}", "rating", "4:9", "a rating needs a `value`"),
    ("rating: {value: 4, best: 1}", "rating", "4:26", "`best` must be more than `worst`, which is 1"),
    ("rating: {value: four}", "rating", "4:17", "must be a number"),
    ("rating: 4\nvotes: -1", "votes", "5:8", "must be at least 0"),
    ("rating: 4\nvotes: 0", "votes", "5:8", "a rating cannot come from 0 votes"),
    ("rating: 4 (2 votes)\nvotes: 3", "votes", "5:1", "`rating` (line 4) and `votes` (line 5) disagree"),
    ("votes: 3", "votes", "4:8", "there is no `rating` that these votes belong to"),
    ("updated: 09-07-23", "updated", "4:10", "09-07-23 has two readings"),
    ("updated: 2026", "updated", "4:10", "2026 is only a year"),
    ("source: {url: 'https://abc.example/'}", "source", "4:9", "a source needs a `name`"),
    ("source: {name: A, url: abc.example}", "source", "4:24", "must be an absolute http or https address"),
    ("source: [A, {name: B, url: x}]", "source", "4:28", "must be an absolute http or https address"),
    ("source: {name: A, policy: hide}", "source", "4:27", "must be credit, canonical or noindex"),
    ("source: {name: A, policy: canonical}", "source", "4:27", "`policy: canonical` needs a `url`"),
    ("tags: [a, [b]]", "tags", "4:11", "must be text"),
    ("tags: {a: b}", "tags", "4:7", "must be text"),
    ("authors: [Ana, {email: x}]", "authors", "4:16", "an author needs a `name`"),
    ("section: '!!!'", "section", "4:10", "has no letter or digit for an address"),
    ("section: World\ncategory: Sport", "section", "5:1", "`section` (line 4) and `category` (line 5) disagree"),
    ("image: 'javascript:x'", "image", "4:8", "must be an absolute http or https address"),
    ("prev: true", "prev", "4:7", "must be a title, an address, or false"),
    ("prev: [A, B]", "prev", "4:7", "must be one article"),
    ("prev: {title: Companies from USA, Germany & Co}", "prev", "4:35", "`Germany & Co` has no value"),
    ("next: {title: A, url: 'javascript:x'}", "next", "4:23", "must be an absolute http or https address"),
    ("comments:\n  - author: Ana\n    text: Hi", "comments", "5:3", "comments are not written in front matter"),
    ("comments: open", "comments", "4:11", "must be true, false, closed or the path of a snapshot"),
    ("comments: {a: b}", "comments", "4:11", "must be true, false, closed or the path of a snapshot"),
    ("comments: ../x.json", "comments", "4:11", "must be a path below the document's folder"),
    ("slug: '...'", "slug", "4:7", "has no letter or digit for an address"),
    ("url: bridge", "url", "4:6", "must start with `/`"),
    ("aliases: [/a/, /b/../c]", "aliases", "4:16", "must not contain `.`, `..` or their encoded forms as a part"),
    ("lang: en_US", "lang", "4:7", "must be a language tag (BCP 47)"),
    ("weight: heavy", "weight", "4:9", "must be a whole number"),
    ("template: ../x.html", "template", "4:11", "must be the name of a template of the theme"),
    ("draft: perhaps", "draft", "4:8", "must be true or false"),
    ("corrections: [{date: 2023-07-10}]", "corrections", "4:15", "a correction needs a `text`"),
    ("corrections: [{text: x}]", "corrections", "4:15", "a correction needs a `date`"),
    ("corrections:\n  - date: July 9, 2023\n    text: x", "corrections", "5:11", "July 9, 2023 is not in the order"),
    ("corrections: text", "corrections", "4:14", "must be a list of mappings with `date` and `text`"),
    ("extra: text", "extra", "4:8", "must be a mapping"),
    ('extra: {a: {b: "\\0"}}', "extra", "4:16", "contains a control character (U+0000)"),
    ('description: "a\\u202eb"', "description", "4:14", "contains a control for the direction of text"),
    ('label: "a\\u001bb"', "label", "4:8", "contains a control character (U+001B)"),
    ("author: A\nbyline: B", "authors", "5:1", "`author` (line 4) and `byline` (line 5) disagree"),
]


@pytest.mark.parametrize(("written", "code", "place", "message"), ERRORS, ids=[case[0] for case in ERRORS])
def test_errors(written: str, code: str, place: str, message: str) -> None:
    (problem,) = find_problems(yaml(written))
    assert problem.severity is Severity.ERROR
    found = show(problem)
    assert found[:2] == (code, place)
    assert found[2].startswith(message)
    assert problem.hint or code in {"weight", "votes"}


def test_the_hint_for_inline_comments_names_the_command() -> None:
    (problem,) = find_problems(yaml("comments: [{author: Ana}]"))
    assert f"`sitegen comments add {PATH} --author" in (problem.hint or "")


def test_the_hint_for_a_split_value_speaks_of_commas() -> None:
    (problem,) = find_problems(yaml("prev: {title: Companies from USA, Germany & Co}"))
    assert problem.hint == "quote values that contain commas"


WARNINGS: list[tuple[str, str, str, str, str]] = [
    (
        "ratng: 4",
        "unknown-key",
        "4:1",
        "unknown key `ratng`",
        "did you mean `rating`? Keys of your own go under `extra`",
    ),
    ("kicker: x", "unknown-key", "4:1", "unknown key `kicker`", "keys of your own go under `extra`"),
    ("rating: {value: 4, bset: 5}", "unknown-key", "4:20", "unknown key `bset` in `rating`", "did you mean `best`?"),
    ("image: {alt: x}", "image", "4:8", "has no `src`, no picture is shown", "write `src: bridge.jpg`"),
    ("label: War #2", "yaml", "4:12", "YAML cuts label at ` #`: `#2` is a comment", 'quote it: label: "War #2"'),
]


@pytest.mark.parametrize(("written", "code", "place", "message", "hint"), WARNINGS, ids=[case[0] for case in WARNINGS])
def test_warnings(written: str, code: str, place: str, message: str, hint: str) -> None:
    (problem,) = find_problems(yaml(written))
    assert problem.severity is Severity.WARNING
    assert (*show(problem), problem.hint) == (code, place, message, hint)


def test_all_problems_are_reported_at_once_in_order() -> None:
    text = "---\ntitle:\ndate: 09-07-23\nrating: {value: 9, votes: x}\nprev: true\nfoo: bar\ntags: [[a], [b]]\n---\n"
    assert [show(problem)[:2] for problem in find_problems(text)] == [
        ("title", "2:1"),
        ("date", "3:7"),
        ("rating", "4:17"),
        ("rating", "4:27"),
        ("prev", "5:7"),
        ("unknown-key", "6:1"),
        ("tags", "7:8"),
        ("tags", "7:13"),
    ]


@pytest.mark.parametrize("text", ["", "Just text.\n", "---\n---\n", "---\n\nA break.\n\n---\n"])
def test_a_document_without_title_and_date(text: str) -> None:
    problems = find_problems(text)
    assert [show(problem)[:2] for problem in problems] == [("title", "1:1"), ("date", "1:1")]
    assert all(problem.hint for problem in problems)


def test_a_page_needs_no_date_and_has_no_section() -> None:
    metadata, _, warnings = parse("---\ntitle: About\nsection: World\n---\n", context(kind="page", section=None))
    assert (metadata.date, metadata.section, metadata.section_title, warnings) == (None, None, None, ())


@pytest.mark.parametrize(
    ("front", "stem", "day", "slug"),
    [
        ("title: T", "2023-07-09-nato-office", "2023-07-09", "nato-office"),
        ("title: T\ndate: 2024-01-02", "2023-07-09-nato-office", "2024-01-02", "nato-office"),
        ("title: T\nslug: other", "2023-07-09", "2023-07-09", "other"),
        ("title: T\ndate: 2024-01-02", "2023-02-30-x", "2024-01-02", "2023-02-30-x"),
    ],
)
def test_date_and_slug_come_from_the_file_where_front_matter_is_silent(
    front: str, stem: str, day: str, slug: str
) -> None:
    metadata = parse(f"---\n{front}\n---\n", context(stem=stem))[0]
    assert metadata.date is not None
    assert (metadata.date.at.date().isoformat(), metadata.slug) == (day, slug)


def test_a_name_without_words_gives_no_slug() -> None:
    text = "---\ntitle: T\n---\n"
    assert [show(problem)[0] for problem in find_problems(text, context(stem="2023-07-09"))] == ["slug"]
    assert [show(problem)[0] for problem in find_problems(text, context(stem="2023-07-09-" + "ü" * 120))] == ["slug"]


def test_spellings_that_agree_are_fine() -> None:
    assert read("lastmod: 2023-07-10\nUPDATED: 2023-07-10 00:00").updated == read("updated: 2023-07-10").updated
    assert read("author: Ana\nauthors: [Ana]").authors == ("Ana",)
    assert read("summary:\ndescription: x").description == "x"


def test_names_that_a_sign_tells_apart_both_stay() -> None:
    assert read("tags: [C++, c, C, c++, Covid-19, covid 19]").tags == ("C++", "c", "Covid-19")


def test_a_name_without_letters_is_left_out_with_a_warning() -> None:
    metadata, _, warnings = parse(yaml("tags: [NATO, '#']\nauthors: '***'"))
    assert (metadata.tags, metadata.authors) == (("NATO",), ())
    assert [(problem.code, problem.message, problem.span and problem.span.line) for problem in warnings] == [
        ("tags", "`#` has no letter or digit for an address: it is left out", 4),
        ("authors", "`***` has no letter or digit for an address: it is left out", 5),
    ]


def test_the_configuration_names_further_keys() -> None:
    about = context(aliases={"topics": "tags", "rubrik": "section", "params": "extra"})
    text = yaml("topics: [a, b]\nRubrik: Sport\nparams: {a: 1}")
    metadata, spans, warnings = parse(text, about)
    assert (metadata.tags, metadata.section, metadata.extra, warnings) == (("a", "b"), "sport", {"a": 1}, ())
    assert (spans["tags"].line, spans["section"].line) == (4, 5)


def test_spans_go_by_field() -> None:
    _, spans, _ = parse(yaml("Summary: x\nrating: 4\nlang: nl\nprev:"))
    assert {name: (span.line, span.column) for name, span in spans.items()} == {
        "title": (2, 8),
        "date": (3, 7),
        "description": (4, 10),
        "rating": (5, 9),
        "lang": (6, 7),
        "prev": (7, 1),
    }


SAME = {
    "yaml": (
        "---\ntitle: 1984\ndate: 2023-07-09T17:22:05Z\ntags: [a, 7]\nrating: {value: 4.5, votes: 2}\ndraft: true\n"
        "prev: false\nextra: {a: 1, b: [true, x], c: 2023-07-09}\n---\n"
    ),
    "toml": (
        '+++\ntitle = 1984\ndate = 2023-07-09T17:22:05Z\ntags = ["a", 7]\nrating = {value = 4.5, votes = 2}\n'
        'draft = true\nprev = false\n[extra]\na = 1\nb = [true, "x"]\nc = 2023-07-09\n+++\n'
    ),
    "json": (
        '{\n"title": 1984,\n"date": "2023-07-09T17:22:05Z",\n"tags": ["a", 7],\n"rating": {"value": 4.5, "votes": 2},\n'
        '"draft": true,\n"prev": false,\n"extra": {"a": 1, "b": [true, "x"], "c": "2023-07-09"}\n}\n'
    ),
}


@pytest.mark.parametrize("format_", ["toml", "json"])
def test_the_formats_say_the_same(format_: str) -> None:
    assert parse(SAME[format_])[0] == parse(SAME["yaml"])[0]


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("title = true", "2:9", "must be text"),
        ("title = 2023-07-09", "2:9", "must be text"),
        ("updated = 17:22:00", "2:11", "is no date"),
        ("updated = 2026", "2:11", "is no date"),
        ("prev = 7.5\nnext = true", "3:8", "must be a title, an address, or false"),
        ("[rating]\nvalue = 9", "3:9", "must be at most 5"),
        ("[[corrections]]\ndate = 2023-07-09\n[[corrections]]\ntext = 'x'", "4:1", "a correction needs a `text`"),
    ],
)
def test_typed_values_that_do_not_fit(line: str, place: str, message: str) -> None:
    found = [show(problem)[1:] for problem in find_problems(f"+++\n{line}\n+++\n")]
    places = [entry for entry in found if entry[1].startswith(message.split(" (", maxsplit=1)[0])]
    assert places
    if "corrections" not in line:
        assert places[0][0] == place


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("---\nDraft: yes\nrating: 99\ndate: never\n---\n", True),
        ("+++\ndraft = true\n+++\n", True),
        ('{\n"draft": "true"\n}\n', True),
        ("---\ndraft: perhaps\n---\n", False),
        ("---\ndraft: [true]\n---\n", False),
        ("---\ntitle: x\n---\n", False),
        ("", False),
    ],
)
def test_the_draft_flag_is_read_whatever_else_is_wrong(text: str, draft: bool) -> None:
    assert read_draft_flag(split_document(text, PATH)) is draft


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("---\ntitle: The World\ndescription: All of it\norder: 3\nfoo: bar\n---\n", ("The World", "All of it", 3)),
        ("---\nTitle: 1984\nsummary: x\nweight: '-2'\n---\n", ("1984", "x", -2)),
        ("---\ntitle:\n---\n", ("World news", "", 0)),
        ("", ("World news", "", 0)),
    ],
)
def test_section_indexes(text: str, index: tuple[str, str, int]) -> None:
    title, description, order = index
    assert parse_section_index(split_document(text, PATH), Slug("world-news")) == SectionIndex(
        slug=Slug("world-news"), title=title, description=description, order=order
    )


def test_all_problems_of_a_section_index_are_reported() -> None:
    with pytest.raises(ContentError) as caught:
        parse_section_index(split_document("---\ntitle: [a]\norder: first\n---\n", PATH), Slug("world"))
    assert [show(problem) for problem in caught.value.problems] == [
        ("title", "2:8", "must be text"),
        ("order", "3:8", "must be a whole number"),
    ]


def test_messages_are_short_and_plain() -> None:
    texts = [problem for written, *_ in ERRORS for problem in find_problems(yaml(written))]
    for problem in texts:
        assert not problem.message.endswith(".")
        assert not re.search(r"\n|Error|Input should|Traceback", f"{problem.message}{problem.hint}")
