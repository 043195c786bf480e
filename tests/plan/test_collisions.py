"""No two things may want one place in the output: whoever comes second is refused, and the first is named."""

import pytest

from sitegen.plan.collisions import Claims

PAGE = "content/world/bridge.md"


def refuse(first: tuple[str, str], second: tuple[str, str]) -> tuple[str | None, str]:
    """File and message of the only problem."""
    claims = Claims()
    claims.claim(*first)
    assert claims.problems == []
    claims.claim(*second)
    (problem,) = claims.problems
    return problem.file, problem.message


@pytest.mark.parametrize(
    ("source", "file", "words"),
    [
        ("content/world/other.md", "content/world/other.md", ""),
        ("content/a b/with spaces.md", "content/a b/with spaces.md", ""),
        ("an alias in content/world/other.md", "content/world/other.md", "an alias "),
        ("comments on content/world/other.md", "content/world/other.md", "comments "),
        ("static/bridge/index.html", "static/bridge/index.html", ""),
        ("/usr/themes/broadsheet/static/x.css", "/usr/themes/broadsheet/static/x.css", ""),
        ("tag Bridge", None, "tag Bridge "),
        ("tag AC/DC", None, "tag AC/DC "),
        ("feed The Gazette", None, "feed The Gazette "),
    ],
)
def test_two_sources_for_one_address(source: str, file: str | None, words: str) -> None:
    place = "bridge/index.html"
    message = f"{words}wants the same address as {PAGE}: `/{place}`"
    assert refuse((place, PAGE), (place, source)) == (file, message)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Foo/index.html", "foo/index.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("Foo/a.html", "foo/b.html"),
        ("a/Foo/x/1.html", "a/foo/y/2.html"),
        ("foo", "foo/index.html"),
        ("foo/index.html", "foo"),
        ("FOO", "foo/bar/index.html"),
        ("foo/bar/index.html", "Foo"),
    ],
)
def test_what_cannot_lie_side_by_side_on_every_file_system(first: str, second: str) -> None:
    message = f"`/{second}` cannot stand beside `/{first}` of {PAGE} on every file system"
    assert refuse((first, PAGE), (second, "static/x")) == ("static/x", message)


def test_one_source_may_ask_twice() -> None:
    claims = Claims()
    claims.claim("bridge/map.png", "content/bridge/map.png")
    claims.claim("bridge/map.png", "content/bridge/map.png")
    assert claims.problems == []


def test_neighbours_in_one_folder_are_no_rivals() -> None:
    claims = Claims()
    for path in ("world/index.html", "world/a/index.html", "world/a/map.png", "world-news/index.html", "index.html"):
        claims.claim(path, path)
    assert claims.problems == []


@pytest.mark.parametrize("path", ["manifest.sha256", "Manifest.SHA256"])
def test_the_place_of_the_manifest_is_taken(path: str) -> None:
    claims = Claims()
    claims.claim(path, f"static/{path}")
    (problem,) = claims.problems
    assert problem.file == f"static/{path}"
    assert "the manifest" in problem.message


def test_a_path_that_cannot_be_written_says_why() -> None:
    claims = Claims()
    claims.claim("world/con/index.html", PAGE)
    (problem,) = claims.problems
    assert problem.message == "cannot be written as `world/con/index.html`: `con` is a reserved name on Windows"
    assert problem.hint == "choose another `slug` or `url`"


@pytest.mark.parametrize("path", ["world//bridge.html", "world/con.html", "world/2023/aux/x.html", "/world/x.html"])
def test_the_reason_is_the_same_in_a_folder_that_is_known(path: str) -> None:
    problem = refuse(("world/2023/bridge/index.html", PAGE), (path, "content/other.md"))
    alone = Claims()
    alone.claim(path, "content/other.md")
    assert [(item.file, item.message) for item in alone.problems] == [problem]
