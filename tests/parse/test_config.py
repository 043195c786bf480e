"""`sitegen.toml`: what it says beside what it is read as, and every mistake with its place."""

import tomllib
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem, format_problem
from sitegen.model.codec import encode
from sitegen.model.config import (
    CommentsConfig,
    Config,
    FeedsConfig,
    FrontMatterConfig,
    LanguageConfig,
    ListConfig,
    MarkdownConfig,
    MenuItem,
    PagesConfig,
    RatingConfig,
)
from sitegen.parse.config import config_json_schema, locate_old_addresses, parse_config
from tests.json_schema import find_violations

PATH = "sitegen.toml"
SCHEMA = config_json_schema()
FULL = """
title = "The Harbour Post"
description = "News of the harbour"
base_url = "https://news.example/post/"
language = "nl"
timezone = "Europe/Amsterdam"
theme = ["mine", "broadsheet"]
permalink = "/{section}/{year}-{month}-{day}/{slug}.html"
neighbours = "section"
page_size = 10
copyright = "2026 The Harbour Post"
redirect_hosts = ["archive.example"]
hosting = "netlify"

[redirects]
"/?p=1 2" = "/content/world/bridge.md"
"/caf%C3%A9" = "https://archive.example/cafe"

[gone]
"/old/" = " Withdrawn. "

[menus]
main = [{title = "World", url = "/world/"}]
footer = [{title = "About", url = "pages/about.md"}]

[options]
accent = "#cc0000"
numbers = [1, 2.5, [true]]
since = 1921-05-01
[options.nested]
at = 17:22:00

[markdown]
engine = "commonmark"
extensions = ["pymdownx.tilde"]
smart_punctuation = false
highlight = false
[markdown.extension_options.toc]
permalink = true

[comments]
contact = "editor@news.example"
max_depth = 2
order = "newest"
fold = 10
page_size = 40

[feeds]
size = 5
content = "summary"
comments = false

[pages]
archive = false
tags = false
authors = false
corrections = false

[lists.related]
limit = 0

[rating]
label = "Verdict"
best = 10
structured_data = true

[front_matter.map]
topics = "tags"

[languages.en]
title = "The Post"
description = "In English"
menus.main = [{title = "Local", url = "/en/local/"}]
"""


def parse(text: str) -> Config:
    return parse_config(text, PATH)


def find_problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse(text)
    return caught.value.problems


def show(problem: Problem) -> str:
    assert (problem.code, problem.file) == ("config", PATH)
    assert problem.span
    return f"{problem.span.line}:{problem.span.column}: {problem.message}"


def test_every_key() -> None:
    assert parse(FULL) == Config(
        title="The Harbour Post",
        description="News of the harbour",
        base_url="https://news.example/post/",
        language="nl",
        timezone="Europe/Amsterdam",
        theme=("mine", "broadsheet"),
        permalink="/{section}/{year}-{month}-{day}/{slug}.html",
        neighbours="section",
        page_size=10,
        copyright="2026 The Harbour Post",
        redirects={"/?p=1%202": "world/bridge.md", "/café": "https://archive.example/cafe"},
        redirect_hosts=("archive.example",),
        gone={"/old/": "Withdrawn."},
        hosting="netlify",
        menus={
            "main": (MenuItem(title="World", url="/world/"),),
            "footer": (MenuItem(title="About", url="pages/about.md"),),
        },
        options={
            "accent": "#cc0000",
            "numbers": (1, 2.5, (True,)),
            "since": "1921-05-01",
            "nested": {"at": "17:22:00"},
        },
        markdown=MarkdownConfig(
            engine="commonmark",
            extensions=("pymdownx.tilde",),
            extension_options={"toc": {"permalink": True}},
            smart_punctuation=False,
            highlight=False,
        ),
        comments=CommentsConfig(contact="editor@news.example", max_depth=2, order="newest", fold=10, page_size=40),
        feeds=FeedsConfig(size=5, content="summary", comments=False),
        pages=PagesConfig(archive=False, tags=False, authors=False, corrections=False),
        lists={"related": ListConfig(limit=0)},
        rating=RatingConfig(label="Verdict", best=10, structured_data=True),
        front_matter=FrontMatterConfig(map={"topics": "tags"}),
        languages={
            "en": LanguageConfig(
                title="The Post",
                description="In English",
                menus={"main": (MenuItem(title="Local", url="/en/local/"),)},
            )
        },
    )


def test_the_test_above_has_every_key() -> None:
    def check(table: object, plain: object, path: str) -> None:
        assert is_dataclass(table)
        for field in fields(table):
            value, usual = getattr(table, field.name), getattr(plain, field.name)
            assert value != usual, f"{path}{field.name}"
            if is_dataclass(value):
                check(value, usual, f"{path}{field.name}.")

    check(parse(FULL), Config(), "")


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n", "\ufeff", "[comments]\n", "\r\n"])
def test_nothing_is_needed(text: str) -> None:
    assert parse(text) == Config()


def test_a_single_theme_may_be_written_as_text() -> None:
    assert parse('theme = "mine"').theme == ("mine",)


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("titel = 'x'", "1:1: unknown key `titel`", "did you mean `title`?"),
        ("[pages]\narchives = false", "2:1: unknown key `pages.archives`", "did you mean `archive`?"),
        ("[lists.related]\nlimit = 2\nlimits = 1", "3:1: unknown key `lists.related.limits`", "did you mean `limit`?"),
        ("colour = 'x'", "1:1: unknown key `colour`", "own values for templates go under `[options]`"),
        ("a.b.c = 1", "1:1: unknown key `a`", "own values for templates go under `[options]`"),
        ("[coments]\nx = 1", "1:2: unknown key `coments`", "did you mean `comments`?"),
        ("[comments]\ncontacts = 'x'", "2:1: unknown key `comments.contacts`", "did you mean `contact`?"),
        ("[feeds]\nx = 1", "2:1: unknown key `feeds.x`", "`sitegen schema config` prints what there is"),
        ("[markdown]\nextension = []", "2:1: unknown key `markdown.extension`", "did you mean `extensions`?"),
        ("markdown.extension = []", "1:10: unknown key `markdown.extension`", "did you mean `extensions`?"),
        ("[front_matter]\nmaps = {}", "2:1: unknown key `front_matter.maps`", "did you mean `map`?"),
        ("[languages.nl]\ntitel = 'x'", "2:1: unknown key `languages.nl.titel`", "did you mean `title`?"),
        (
            "[[menus.main]]\ntitle = 'x'\nurl = '/'\n[[menus.main]]\ntitle = 'x'\nurl = '/'\ntitel = 'x'",
            "7:1: unknown key `menus.main.1.titel`",
            "did you mean `title`?",
        ),
        (
            "languages.nl.menus.main = [{title = 'x', url = '/', ulr = '/'}]",
            "1:53: unknown key `languages.nl.menus.main.0.ulr`",
            "did you mean `url`?",
        ),
    ],
)
def test_unknown_keys(text: str, problem: str, hint: str) -> None:
    (found,) = find_problems(text)
    assert (show(found), found.hint) == (problem, hint)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = 1984", "1:9: `title`: must be text in quotes"),
        ("title = ['x']", "1:9: `title`: must be text in quotes"),
        ("title = 2023-07-09", "1:9: `title`: must be text in quotes"),
        ("title = ''", "1:9: `title`: must not be empty"),
        ("page_size = '20'", "1:13: `page_size`: must be a whole number"),
        ("page_size = true", "1:13: `page_size`: must be a whole number"),
        ("page_size = 20.0", "1:13: `page_size`: must be a whole number"),
        ("page_size = 0", "1:13: `page_size`: must be at least 1"),
        ("page_size = 1_001", "1:13: `page_size`: must be at most 1000"),
        ("page_size = 99999999999999999999", "1:13: `page_size`: must be at most 1000"),
        ("neighbours = 'tag'", "1:14: `neighbours`: must be 'site' or 'section'"),
        ("theme = 7", "1:9: `theme`: must be a list in [brackets]"),
        ("theme = []", "1:9: `theme`: must name at least one theme"),
        ("theme = [7]", "1:10: `theme.0`: must be text in quotes"),
        ("markdown = true", "1:12: `markdown`: must be a table"),
        ("[markdown]\nhighlight = 1", "2:13: `markdown.highlight`: must be true or false"),
        ("[markdown]\nhighlight = 'yes'", "2:13: `markdown.highlight`: must be true or false"),
        ("[markdown]\nextensions = 'toc'", "2:14: `markdown.extensions`: must be a list in [brackets]"),
        ("[markdown]\nextension_options = 1", "2:21: `markdown.extension_options`: must be a table"),
        ("[markdown.extension_options]\ntoc = 1", "2:7: `markdown.extension_options.toc`: must be a table"),
        ("[[comments]]", "1:1: `comments`: must be a table"),
        ("[comments]\nmax_depth = 13", "2:13: `comments.max_depth`: must be at most 12"),
        ("[feeds]\ncontent = 'all'", "2:11: `feeds.content`: must be 'full' or 'summary'"),
        ("[rating]\nbest = -1", "2:8: `rating.best`: must be at least 1"),
        ("[front_matter.map]\nx = []", "2:5: `front_matter.map.x`: must be text in quotes"),
        ("menus = []", "1:9: `menus`: must be a table"),
        ("menus.main = {}", "1:14: `menus.main`: must be a list in [brackets]"),
        ("menus.main = ['/']", "1:15: `menus.main.0`: must be a table"),
        ("menus.main = [{url = '/'}]", "1:15: `menus.main.0.title`: is missing"),
        ("[[menus.main]]\ntitle = 'x'", "1:1: `menus.main.0.url`: is missing"),
        ("languages = ['nl']", "1:13: `languages`: must be a table"),
        ("[languages]\nnl = 'x'", "2:6: `languages.nl`: must be a table"),
        ("options = 'x'", "1:11: `options`: must be a table"),
    ],
)
def test_wrong_types(text: str, problem: str) -> None:
    assert [show(found) for found in find_problems(text)] == [problem]
    assert find_violations(SCHEMA, tomllib.loads(text))


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    text = "titel = 'x'\npage_size = 0\ntimezone = 'Mars'\n[feeds]\nsize = 'x'\n[languages.nl]\ntitle = 7\nx = 1\n"
    assert [show(problem) for problem in find_problems(text)] == [
        "1:1: unknown key `titel`",
        "2:13: `page_size`: must be at least 1",
        '3:12: `timezone`: there is no time zone "Mars"',
        "5:8: `feeds.size`: must be a whole number",
        "7:9: `languages.nl.title`: must be text in quotes",
        "8:1: unknown key `languages.nl.x`",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = x", "sitegen.toml:1:9: error[toml]: invalid value"),
        ("a = 1\na = 2", "sitegen.toml:2:1: error[toml]: `a` is written twice, on line 1 and on line 2"),
        ("[a]\n[a]", "sitegen.toml:2:3: error[toml]: the table `[a]` is declared twice"),
        ("a = " + "[" * 100 + "]" * 100, "sitegen.toml:1:45: error[toml]: is nested more than 40 levels deep"),
        ("a = " + "9" * 9_000, "sitegen.toml:1:5: error[toml]: a number with too many digits"),
        ('a = "\ud800"', "sitegen.toml:1:6: error[toml]: contains half of a character"),
        ("a = 2023-02-30", "sitegen.toml:1:5: error[toml]: invalid date or datetime"),
    ],
)
def test_what_is_no_toml(text: str, problem: str) -> None:
    assert format_problem(find_problems(text)[0], lambda *_: None).split("\n")[0] == problem


def test_a_problem_as_it_is_shown() -> None:
    text = 'title = "The Harbour Post"\n[comments]\nmax_dept = 3\n'
    (problem,) = find_problems(text)
    assert format_problem(problem, lambda _, line: text.split("\n")[line - 1]) == (
        "sitegen.toml:3:1: error[config]: unknown key `comments.max_dept`\n"
        "  3 | max_dept = 3\n"
        "      ^^^^^^^^\n"
        "  hint: did you mean `max_depth`?"
    )


def test_the_schema_is_of_2020_12_and_agrees_with_what_is_read() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for text in (FULL, "", 'theme = "mine"', "theme = ['mine']"):
        assert find_violations(SCHEMA, tomllib.loads(text)) == []
        parse(text)
    for text in ("colour = 1", "[comments]\nx = 1", "theme = []", "[[menus.main]]\ntitle = 'x'"):
        assert find_violations(SCHEMA, tomllib.loads(text))
        find_problems(text)


LINES = st.sampled_from([line for line in FULL.split("\n") if line])
KEYS = st.sampled_from(
    ["title", "theme", "menus", "options", "comments.contact", "languages.nl", "x", '"a b"', "feeds.size"]
)
VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "1e400",
        "nan",
        "true",
        "''",
        '"\\u0000"',
        "[]",
        "{}",
        "[[{}]]",
        "{a = 1}",
        "2023-07-09",
        "17:22:00",
        "'x'",
        "[1, 'x']",
    ]
)
TEXTS = st.lists(
    LINES | st.builds("{} = {}".format, KEYS, VALUES) | st.builds("[{}]".format, KEYS) | st.text(max_size=12),
    max_size=6,
).map("\n".join)


@given(
    TEXTS
    | st.builds(
        lambda text, at, cut: text[:at] + text[at + cut :], st.just(FULL), st.integers(0, len(FULL)), st.integers(1, 9)
    )
)
@settings(max_examples=250, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        encode(parse(text))
    except ContentError as failure:
        problems = failure.problems
        assert problems
    for problem in problems:
        assert problem.file == PATH
        assert problem.span
        assert 1 <= problem.span.line <= text.count("\n") + 1


def test_where_old_addresses_stand() -> None:
    text = '[redirects]\n"/caf%C3%A9" = "/"\n[gone]\n"/?p=1" = "Withdrawn."\n'
    found = locate_old_addresses(text, "sitegen.toml")
    assert {address: (span.line, span.column) for address, span in found.items()} == {"/café": (2, 1), "/?p=1": (4, 1)}
