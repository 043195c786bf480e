"""Addresses of a WordPress site: which are its own, which are files, and what becomes of them."""

from pathlib import Path

import pytest

from sitegen.importers.wordpress.home import Home, Relocation

HOME = Home(address="https://old.example")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://old.example/2024/03/bridge/", "/2024/03/bridge/"),
        ("http://www.old.example/2024/03/bridge/#comment-901", "/2024/03/bridge/#comment-901"),
        ("//old.example/a/", "/a/"),
        ("/a/?p=17", "/a/?p=17"),
        ("https://old.example", "/"),
        ("https://old.example//a//b/", "/a/b/"),
        ("https://other.example/a/", None),
        ("https://old.example:8443/a/", None),
        ("https://old.example.evil.example/a/", None),
        ("mailto:desk@old.example", None),
        ("javascript:alert(1)", None),
        ("https://[broken/", None),
        ("https://old.example:port/", None),
        ("https://old.example:99999/", None),
        ("httpx://old.example/", None),
        ("https://i0.wp.com/i0.wp.com/old.example/a/", None),
    ],
)
def test_addresses_of_the_site_are_told_from_others(address: str, path: str | None) -> None:
    assert HOME.find_path(address) == path


@pytest.mark.parametrize(
    ("address", "path", "source"),
    [
        (
            "https://old.example/wp-content/uploads/2024/a.jpg?w=300",
            "static/wp-content/uploads/2024/a.jpg",
            "https://old.example/wp-content/uploads/2024/a.jpg",
        ),
        (
            "https://i2.wp.com/old.example/wp-content/uploads/a.jpg?resize=1",
            "static/wp-content/uploads/a.jpg",
            "https://old.example/wp-content/uploads/a.jpg",
        ),
        (
            "/wp-content/uploads/stra%C3%9Fe.pdf",
            "static/wp-content/uploads/straße.pdf",
            "https://old.example/wp-content/uploads/stra%C3%9Fe.pdf",
        ),
        ("/files/report.pdf", "static/files/report.pdf", "https://old.example/files/report.pdf"),
    ],
)
def test_files_keep_their_paths(address: str, path: str, source: str) -> None:
    media = HOME.find_media(address)
    assert media is not None
    assert (media.path, media.address) == (path, source)


@pytest.mark.parametrize(
    "address", ["https://old.example/2024/03/bridge/", "/a.html", "https://other.example/a.jpg", ""]
)
def test_what_is_no_file_of_the_site_is_none(address: str) -> None:
    assert HOME.find_media(address) is None


def test_files_are_found_in_a_folder_of_uploads_and_never_outside(tmp_path: Path) -> None:
    (tmp_path / "uploads/2024").mkdir(parents=True)
    (tmp_path / "uploads/2024/a.jpg").write_bytes(b"")
    (tmp_path / "secret.jpg").write_bytes(b"")
    home = Home(address="https://old.example", media_dir=tmp_path / "uploads")

    def find(address: str) -> Path | None:
        media = home.find_media(address)
        assert media is not None
        return media.file

    assert find("/wp-content/uploads/2024/a.jpg") == tmp_path / "uploads/2024/a.jpg"
    assert find("/wp-content/uploads/2024/b.jpg") is None
    assert find("/wp-content/uploads/../secret.jpg") is None
    assert find("/wp-content/uploads/%2e%2e/secret.jpg") is None


def test_a_relocation_moves_addresses_and_notes_files_once() -> None:
    relocation = Relocation(HOME)
    moved = [
        relocation.move(address)
        for address in (
            "https://old.example/wp-content/uploads/my file.jpg",
            "https://old.example/wp-content/uploads/my%20file.jpg",
            "https://old.example/a/?x=1#y",
            "https://other.example/",
            "#here",
            "mailto:desk@old.example",
        )
    ]
    assert moved == [
        "/wp-content/uploads/my%20file.jpg",
        "/wp-content/uploads/my%20file.jpg",
        "/a/?x=1#y",
        "https://other.example/",
        "#here",
        "mailto:desk@old.example",
    ]
    assert [media.path for media in relocation.media] == ["static/wp-content/uploads/my file.jpg"]


def test_a_key_does_not_depend_on_how_a_post_is_read() -> None:
    assert Home(address="https://Old.example/blog").make_key(17) == "https://old.example/blog/?p=17"


@pytest.mark.parametrize("name", ["a%00.jpg", "%2e%2e/%2e%2e/secret.jpg", "a" * 5000 + ".jpg", "a/" * 3000 + "b.jpg"])
def test_names_that_no_file_can_have_name_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"")
    (tmp_path / "a" / "b").mkdir(parents=True)
    home = Home(address="https://old.example", media_dir=tmp_path / "a" / "b")
    media = home.find_media(f"https://old.example/wp-content/uploads/{name}")
    assert media is None or media.file is None


def test_a_site_that_is_broken_itself_has_no_addresses() -> None:
    assert Home(address="https://old.example:port").find_path("https://old.example/") is None
