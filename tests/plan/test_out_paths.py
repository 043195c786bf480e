"""Which paths can be copied to any file system."""

import pytest

from sitegen.plan.out_paths import check_out_path, folders_above, folding_key

FINE = [
    "index.html",
    "world/2026/10/bridge-reopens/index.html",
    "tags/æther/index.html",
    ".well-known/security.txt",
    "console/index.html",
    "files/com10.txt",
    "é" * 127 + "x",
]

REFUSED = [
    ("", "it is not a path below the output folder"),
    ("/etc/passwd", "it is not a path below the output folder"),
    ("../x", "it has an empty segment, or leads out of the output folder"),
    ("a/../../x", "it has an empty segment, or leads out of the output folder"),
    ("a//b", "it has an empty segment, or leads out of the output folder"),
    ("./a", "it has an empty segment, or leads out of the output folder"),
    ("a\\b", r"`'a\\b'` has a character that some file systems refuse"),
    ("a\0b", r"`'a\x00b'` has a character that some file systems refuse"),
    ("a\nb", r"`'a\nb'` has a character that some file systems refuse"),
    ("what?", "`'what?'` has a character that some file systems refuse"),
    ("c:/x", "`'c:'` has a character that some file systems refuse"),
    (".htaccess", "`.htaccess` starts with a dot, and file servers hide such files"),
    ("a/.sitegen-staging", "`.sitegen-staging` starts with a dot, and file servers hide such files"),
    ("dot./x", "`dot.` ends with a dot or a space"),
    ("space ", "`space ` ends with a dot or a space"),
    ("con", "`con` is a reserved name on Windows"),
    ("a/AUX/index.html", "`AUX` is a reserved name on Windows"),
    ("nul.txt", "`nul.txt` is a reserved name on Windows"),
    ("con .txt", "`con .txt` is a reserved name on Windows"),
    ("lpt¹", "`lpt¹` is a reserved name on Windows"),
    ("CONIN$", "`CONIN$` is a reserved name on Windows"),
    ("\udcff", r"`'\udcff'` is not valid Unicode"),
    ("é" * 128, f"`{'é' * 20}…` is longer than 255 bytes"),
]


@pytest.mark.parametrize("path", FINE)
def test_paths_that_every_file_system_takes(path: str) -> None:
    assert check_out_path(path) is None


@pytest.mark.parametrize(("path", "reason"), REFUSED)
def test_paths_that_some_file_system_refuses(path: str, reason: str) -> None:
    assert check_out_path(path) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foo/index.html", "foo/index.html"),
        ("caf\u00e9", "cafe\u0301"),
        ("\u212bngstrom", "\u00e5ngstrom"),
        ("\u1e9e", "ss"),
        ("\u0391\u0345", "\u03b1\u03b9"),
    ],
)
def test_paths_that_a_folding_file_system_holds_to_be_one(one: str, other: str) -> None:
    assert folding_key(one) == folding_key(other)


def test_paths_that_only_look_alike_are_two() -> None:
    assert folding_key("resume") != folding_key("résumé")


@pytest.mark.parametrize(("path", "folders"), [("x", []), ("a/x", ["a"]), ("a/b/c/x", ["a", "a/b", "a/b/c"])])
def test_the_folders_that_a_path_lies_in(path: str, folders: list[str]) -> None:
    assert list(folders_above(path)) == folders
