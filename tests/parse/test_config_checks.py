"""Single values of `sitegen.toml`: what they must be beyond their types."""

import pytest

from sitegen.errors import ContentError, Problem
from sitegen.model.config import Config
from sitegen.parse.config import override_base_url, parse_config


def find_problem(text: str) -> Problem:
    with pytest.raises(ContentError) as caught:
        parse_config(text, "sitegen.toml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("config", "sitegen.toml")
    return problem


@pytest.mark.parametrize(
    "address",
    ["", "https://news.example", "https://news.example/", "HTTP://news.example:8080/a/b/", "https://[::1]:8000/x"],
)
def test_base_urls(address: str) -> None:
    assert parse_config(f"base_url = '{address}'", "sitegen.toml").base_url == address
    assert override_base_url(Config(), address).base_url == address


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("news.example", 'must start with "https://" or "http://" and name a host'),
        ("/news/", 'must start with "https://" or "http://" and name a host'),
        ("//news.example", 'must start with "https://" or "http://" and name a host'),
        ("https://", 'must start with "https://" or "http://" and name a host'),
        ("https:news.example", 'must start with "https://" or "http://" and name a host'),
        ("ftp://news.example", 'must start with "https://" or "http://" and name a host'),
        ("https://news.example:99999/", 'must start with "https://" or "http://" and name a host'),
        ("https://[::1", 'must start with "https://" or "http://" and name a host'),
        ("https://news.example/a b", "must not contain spaces, line ends or backslashes"),
        ("https:\\\\news.example", "must not contain spaces, line ends or backslashes"),
        ("https://news.example/?a", "must not have a query or a fragment"),
        ("https://news.example/#", "must not have a query or a fragment"),
        ("https://me:secret@news.example/", "must not name a user or a password"),
        ("https://z\u00fcrich.example/", "must name the host in ASCII"),
        ("https://news.example//a/", "must not contain `//`, `.` or `..` as a part of its path"),
        ("https://news.example/a/../b", "must not contain `//`, `.` or `..` as a part of its path"),
    ],
)
def test_what_is_no_base_url(address: str, message: str) -> None:
    assert find_problem(f"base_url = '{address}'").message == f"`base_url`: {message}"
    with pytest.raises(ContentError) as caught:
        override_base_url(Config(), address)
    assert [(problem.code, problem.message) for problem in caught.value.problems] == [("base_url", message)]


def test_a_host_in_other_letters_is_shown_in_ascii() -> None:
    problem = find_problem("base_url = 'https://z\u00fcrich.example/'")
    assert problem.hint == "write `xn--zrich-kva.example`"


@pytest.mark.parametrize(
    ("line", "problem", "hint"),
    [
        ("language = 'english!'", '`language`: "english!" is no language tag', 'write one as "en" or "pt-BR"'),
        ("language = ''", '`language`: "" is no language tag', 'write one as "en" or "pt-BR"'),
        ("languages.'n l' = {}", '`languages.n l`: "n l" is no language tag', 'write one as "en" or "pt-BR"'),
        (
            "timezone = 'Amsterdam'",
            '`timezone`: there is no time zone "Amsterdam"',
            'write one as "Europe/Amsterdam" or "UTC"',
        ),
        (
            "timezone = 'Europe'",
            '`timezone`: there is no time zone "Europe"',
            'write one as "Europe/Amsterdam" or "UTC"',
        ),
        ("timezone = ''", '`timezone`: there is no time zone ""', 'write one as "Europe/Amsterdam" or "UTC"'),
        (
            "timezone = '../UTC'",
            '`timezone`: there is no time zone "../UTC"',
            'write one as "Europe/Amsterdam" or "UTC"',
        ),
        (
            "timezone = '/etc/passwd'",
            '`timezone`: there is no time zone "/etc/passwd"',
            'write one as "Europe/Amsterdam" or "UTC"',
        ),
        (
            "theme = 'a/b'",
            '`theme.0`: "a/b" is no name of a folder below `themes/`',
            "write the name alone: letters, digits, `-`, `_`, `.`",
        ),
        (
            "theme = ['x', '..']",
            '`theme.1`: ".." is no name of a folder below `themes/`',
            "write the name alone: letters, digits, `-`, `_`, `.`",
        ),
        ("permalink = '{slug}/'", "`permalink`: must start with `/`", "write `/x/`"),
        (
            "permalink = '/{year}/'",
            "`permalink`: must hold `{slug}`, so that articles differ",
            "write it as `/{section}/{year}/{month}/{slug}/`",
        ),
        ("permalink = '/{sluq}/'", "`permalink`: knows no field `{sluq}`", "did you mean `{slug}`?"),
        (
            "permalink = '/{id}/{slug}/'",
            "`permalink`: knows no field `{id}`",
            "write one of `{day}`, `{month}`, `{section}`, `{slug}`, `{year}`",
        ),
        (
            "permalink = '/{}/{slug}/'",
            "`permalink`: knows no field `{}`",
            "write one of `{day}`, `{month}`, `{section}`, `{slug}`, `{year}`",
        ),
        ("permalink = '/{slug}/{year/'", "`permalink`: has a brace without its other half", "write fields as `{slug}`"),
        (
            "permalink = '/a b/{slug}/'",
            "`permalink`: must not contain spaces, backslashes or `%`",
            "write `-` for a space",
        ),
        (
            "permalink = '/%2e%2e/{slug}/'",
            "`permalink`: must not contain spaces, backslashes or `%`",
            "write `-` for a space",
        ),
        (
            "permalink = '/../{slug}/'",
            "`permalink`: must not contain `.`, `..` or their encoded forms as a part",
            "write the address out",
        ),
        ("permalink = '//{slug}/'", "`permalink`: must not contain `//`", "write each `/` once"),
        (
            "permalink = '/{slug}/?x'",
            "`permalink`: must not have a query or a fragment",
            "leave out everything from `?` or `#` on",
        ),
        (
            "comments.contact = 'javascript:alert(1)'",
            "`comments.contact`: must be an e-mail address or an address of the web",
            'write it as "editor@news.example"',
        ),
        (
            "comments.contact = '//x'",
            "`comments.contact`: must be an e-mail address or an address of the web",
            'write it as "editor@news.example"',
        ),
        (
            "front_matter.map.topics = 'tagz'",
            "`front_matter.map.topics`: there is no front matter key `tagz`",
            "did you mean `tags`?",
        ),
        (
            "front_matter.map.topics = 'x'",
            "`front_matter.map.topics`: there is no front matter key `x`",
            "`sitegen schema front-matter` prints what there is",
        ),
        ('title = "a\\u0000b"', "`title`: contains a control character (U+0000)", "delete it"),
        (
            'title = "a\\u202Eb"',
            "`title`: contains a control for the direction of text that is not closed",
            "delete it, or close it",
        ),
        (
            'menus.main = [{title = "\\u001b", url = "/"}]',
            "`menus.main.0.title`: contains a control character (U+001B)",
            "delete it",
        ),
        ('options.a = [1, "\\u0000"]', "`options.a.1`: contains a control character (U+0000)", "delete it"),
        ("options.a.b = inf", "`options.a.b`: must be a finite number", "quote it"),
        ("options.a = 9223372036854775808", "`options.a`: a number with too many digits", "quote it"),
        (
            "markdown.extension_options.toc.a = nan",
            "`markdown.extension_options.toc.a`: must be a finite number",
            "quote it",
        ),
    ],
)
def test_values_that_types_do_not_tell(line: str, problem: str, hint: str) -> None:
    found = find_problem(f"\n{line}")
    assert (found.message, found.hint) == (problem, hint)
    assert found.span
    assert found.span.line == 2


@pytest.mark.parametrize("contact", ["", "editor@news.example", "https://news.example/contact", "/contact/"])
def test_contacts(contact: str) -> None:
    assert parse_config(f"comments.contact = '{contact}'", "sitegen.toml").comments.contact == contact
