"""WordPress exports as a whole: which items become which documents, and what is said of the others."""

import gzip
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.errors import ContentError, UsageError
from sitegen.importers.records import ImportedDocument
from sitegen.model.config import Config
from tests.importers.wordpress.wxr_exports import (
    FOOT,
    HEAD,
    list_messages,
    read_export,
    write_attachment,
    write_comment,
    write_export,
    write_item,
    write_term,
)

WORLD = write_term("category", "world", "World")
ASIA = write_term("category", "asia", "Asia")
NATO = write_term("post_tag", "nato", "NATO")


def read_one(folder: Path, *elements: str) -> ImportedDocument:
    (document,), _ = read_export(folder, write_export(*elements))
    return document


def matter(document: ImportedDocument) -> dict[str, object]:
    return {key: value for key, value in document.front_matter.items() if value not in (None, [])}


def test_a_post_becomes_an_article(tmp_path: Path) -> None:
    document = read_one(tmp_path, write_item(17, "One\n\nTwo", WORLD, NATO))
    assert (document.kind, document.state, document.path) == ("article", "published", "world/2024-03-09-bridge.md")
    assert document.key == "https://old.example/?p=17"
    assert document.body == "One\n\nTwo\n"
    assert matter(document) == {
        "title": "Bridge",
        "date": datetime(2024, 3, 9, 10, 12, tzinfo=UTC),
        "url": "/2024/03/bridge/",
        "aliases": ["/?p=17"],
        "section": "World",
        "tags": ["NATO"],
        "authors": ["Ana Ruiz"],
    }


def test_a_page_becomes_a_page(tmp_path: Path) -> None:
    link = "https://old.example/about/team/"
    document = read_one(tmp_path, write_item(5, "Us.", link=link, wp_post_name="team", wp_post_type="page"))
    assert (document.kind, document.path) == ("page", "pages/team.md")
    assert matter(document)["aliases"] == ["/?p=5", "/?page_id=5"]
    assert matter(document)["url"] == "/about/team/"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"wp_status": "publish"}, "published"),
        ({"wp_status": None}, "published"),
        ({"wp_status": ""}, "draft"),
        ({"wp_status": "draft"}, "draft"),
        ({"wp_status": "pending"}, "draft"),
        ({"wp_status": "private"}, "draft"),
        ({"wp_status": "expired"}, "draft"),
        ({"wp_post_password": "sesame"}, "draft"),
        ({"wp_status": "future", "wp_post_date_gmt": "2031-01-01 10:00:00"}, "scheduled"),
        ({"wp_status": "future"}, "draft"),
        ({"wp_post_date": "", "wp_post_date_gmt": "0000-00-00 00:00:00"}, "draft"),
    ],
)
def test_what_readers_could_not_see_is_no_published_article(
    tmp_path: Path, fields: dict[str, str | None], state: str
) -> None:
    document = read_one(tmp_path, write_item(17, "Text.", write_comment(1), **fields))  # type: ignore[arg-type]
    assert document.state == state
    assert ("aliases" in matter(document)) == (state == "published")
    assert document.thread
    assert [item.reason for item in document.thread.withheld] == ([] if state == "published" else ["not-public"])
    assert "sesame" not in repr(document)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"wp_status": "trash"}, "trash"),
        ({"wp_status": "auto-draft"}, "auto-draft"),
        ({"wp_post_type": "nav_menu_item"}, "nav_menu_item"),
        ({"wp_post_type": "revision", "wp_status": "inherit"}, "revision"),
        ({"wp_post_type": "product"}, "product"),
        ({"wp_post_id": None, "link": "", "wp_post_name": ""}, "no-id"),
    ],
)
def test_what_becomes_no_document_is_counted_with_its_comments(
    tmp_path: Path, fields: dict[str, str | None], reason: str
) -> None:
    comments = write_comment(1) + write_comment(2, approved="0") + write_comment(3, type="pingback")
    documents, tally = read_export(tmp_path, write_export(write_item(17, "Text.", comments, **fields)))  # type: ignore[arg-type]
    assert documents == []
    assert tally.skipped == {reason: 1}
    assert tally.read["comments"] == 3
    assert tally.withheld == {"no-article": 2, "pending": 1}
    told = ["items of the type `product` are left out (1)"] if reason == "product" else []
    assert list(list_messages(tally)) == told


def test_times_without_a_zone_are_read_in_that_of_the_site_and_that_is_said_once(tmp_path: Path) -> None:
    zero = {"wp_post_date_gmt": "0000-00-00 00:00:00", "wp_post_date": "2024-07-09 12:00:00"}
    comment = write_comment(1, date_gmt="0000-00-00 00:00:00", date="2024-07-09 13:00:00")
    export = write_export(write_item(17, "Text.", comment, **zero), write_item(18, "Text.", **zero))  # type: ignore[arg-type]
    config = Config(base_url="https://news.example/", timezone="Europe/Amsterdam")
    (first, _), tally = read_export(tmp_path, export, config=config)
    assert first.front_matter["date"] == datetime(2024, 7, 9, 10, 0, tzinfo=UTC)
    assert first.thread
    assert first.thread.snapshot.timezone_assumed == "Europe/Amsterdam"
    assert first.thread.comments[0].published
    assert first.thread.comments[0].published.at == "2024-07-09T11:00:00Z"
    assert list(list_messages(tally)) == ["times without a zone were read as Europe/Amsterdam, that of this site (3)"]
    (first, _), tally = read_export(tmp_path, export, config=config, timezone="Asia/Tokyo")
    assert first.front_matter["date"] == datetime(2024, 7, 9, 3, 0, tzinfo=UTC)
    assert first.thread
    assert first.thread.snapshot.timezone_assumed == "Asia/Tokyo"
    assert list(list_messages(tally)) == []


@pytest.mark.parametrize(
    ("meta", "section", "tags"),
    [({}, "World", ["Asia"]), ({"_yoast_wpseo_primary_category": "5"}, "Asia", ["World"])],
)
def test_the_section_is_the_chosen_category_or_the_upper_one(
    tmp_path: Path, meta: dict[str, str], section: str, tags: list[str]
) -> None:
    document = read_one(tmp_path, write_item(17, "Text.", ASIA, WORLD, meta=meta))
    assert (matter(document)["section"], matter(document)["tags"]) == (section, tags)


def test_categories_and_tags_of_old_exports(tmp_path: Path) -> None:
    terms = (
        "<category>World</category>",
        WORLD,
        '<category domain="tag">NATO</category>',
        '<category domain="tag" nicename="nato">NATO</category>',
    )
    document = read_one(tmp_path, write_item(17, "Text.", *terms))
    assert (matter(document)["section"], matter(document)["tags"]) == ("World", ["NATO"])


def test_a_category_does_not_take_the_address_of_a_page(tmp_path: Path) -> None:
    page = write_item(5, "Us.", link="https://old.example/world/", wp_post_name="world", wp_post_type="page")
    documents, _ = read_export(tmp_path, write_export(write_item(17, "Text.", WORLD, ASIA), page))
    assert (matter(documents[0])["section"], matter(documents[0])["tags"]) == ("Asia", ["World"])


def test_lists_of_the_old_site_lead_to_those_of_here(tmp_path: Path) -> None:
    _, tally = read_export(tmp_path, write_export(write_item(17, "Text.", WORLD, ASIA, NATO)))
    assert tally.redirects == {
        "/category/world/": "/world/",
        "/category/world/feed/": "/world/rss.xml",
        "/category/world/asia/": "/tags/asia/",
        "/tag/nato/": "/tags/nato/",
        "/author/ana/": "/authors/ana-ruiz/",
    }
    assert tally.permalink == "/{year}/{month}/{slug}/"


@pytest.mark.parametrize(
    ("body", "slug", "title"),
    [
        ("<p>One two <b>three</b> four five six seven eight nine</p>", "x", "One two three four five six seven eight…"),
        ("[gallery]<!-- wp:x -->Few words", "x", "Few words"),
        ("[gallery]", "the-bridge", "The bridge"),
        ("", "123", "Untitled"),
    ],
)
def test_a_document_without_a_title_gets_one(tmp_path: Path, body: str, slug: str, title: str) -> None:
    (document,), tally = read_export(tmp_path, write_export(write_item(17, body, title="", wp_post_name=slug)))
    assert document.front_matter["title"] == title
    assert "documents without a title got one from their text or address (1)" in list_messages(tally)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"creator": "ana"}, ["Ana Ruiz"]),
        ({"creator": "bob"}, ["bob"]),
        ({"creator": "bob@secret.example"}, None),
        ({"creator": None}, None),
    ],
)
def test_authors_have_names_and_never_addresses(
    tmp_path: Path, fields: dict[str, str | None], name: list[str] | None
) -> None:
    document = read_one(tmp_path, write_item(17, "Text.", **fields))  # type: ignore[arg-type]
    assert matter(document).get("authors") == name


def test_several_authors_and_guests_of_the_plugin_for_them(tmp_path: Path) -> None:
    terms = write_term("author", "cap-eva", "eva"), write_term("author", "cap-ana", "ana")
    meta = {"cap-user_login": "eva", "cap-user_email": "eva@secret.example"}
    guest = write_item(8, "", title="Eva Grün", wp_post_type="guest-author", wp_post_name="cap-eva", meta=meta)
    (document,), tally = read_export(tmp_path, write_export(write_item(17, "Text.", *terms), guest))
    assert matter(document)["authors"] == ["Eva Grün", "Ana Ruiz"]
    assert tally.redirects == {"/author/ana/": "/authors/ana-ruiz/", "/author/eva/": "/authors/eva-grün/"}
    assert list(list_messages(tally)) == []


def test_an_account_whose_login_is_a_mail_address_gives_it_away_nowhere(tmp_path: Path) -> None:
    author = (
        "<wp:author><wp:author_login>eva@secret.example</wp:author_login><wp:author_email>eva@secret.example"
        "</wp:author_email><wp:author_display_name>eva@secret.example</wp:author_display_name></wp:author>"
    )
    export = write_export(author, write_item(17, "Text.", creator="eva@secret.example"))
    (document,), tally = read_export(tmp_path, export)
    assert "secret" not in repr(document) + repr(tally)


def test_further_fields(tmp_path: Path) -> None:
    attachment = write_attachment(
        9, "https://old.example/wp-content/uploads/2024/03/a.jpg", meta={"_wp_attachment_image_alt": "A bridge"}
    )
    item = write_item(
        17,
        "Text.",
        meta={"_thumbnail_id": "9"},
        wp_is_sticky="1",
        wp_post_name="%e6%a9%8b",
        link="https://old.example/%e6%a9%8b/",
        wp_post_modified_gmt="2024-03-10 10:00:00",
        excerpt="What it is &amp; why.",
    )
    document = read_one(tmp_path, item, attachment)
    assert document.path == "2024-03-09-橋.md"
    found = matter(document)
    assert found["url"] == "/橋/"
    assert found["weight"] == 10
    assert found["description"] == "What it is & why."
    assert found["updated"] == datetime(2024, 3, 10, 10, 0, tzinfo=UTC)
    assert found["image"] == {"src": "/wp-content/uploads/2024/03/a.jpg", "alt": "A bridge"}
    assert [media.path for media in document.media] == ["static/wp-content/uploads/2024/03/a.jpg"]


def test_the_feed_of_comments_of_an_article_leads_to_it(tmp_path: Path) -> None:
    document = read_one(tmp_path, write_item(17, "Text.", write_comment(1)))
    assert matter(document)["aliases"] == ["/?p=17", "/2024/03/bridge/feed/"]


def test_an_export_needs_neither_numbers_nor_states(tmp_path: Path) -> None:
    item = (
        "<item><title>Bridge</title><link>https://old.example/2024/bridge/</link>"
        "<content:encoded>Text.</content:encoded><wp:post_date_gmt>2024-03-09 10:12:00</wp:post_date_gmt>"
        f"{write_comment(1)}</item>"
    )
    (document,), _ = read_export(tmp_path, write_export(item))
    assert (document.key, document.path) == ("https://old.example/2024/bridge/", "2024-03-09-bridge.md")
    assert "aliases" not in matter(document)
    assert document.thread
    assert document.thread.addresses == ("https://old.example/2024/bridge/",)
    assert len(document.thread.comments) == 1


def test_parts_of_an_export_know_each_other(tmp_path: Path) -> None:
    picture = write_attachment(9, "https://old.example/wp-content/uploads/a.jpg")
    first = write_item(17, "Text.", write_comment(1), write_comment(2), meta={"_thumbnail_id": "9"})
    again = write_item(17, "Text.", write_comment(2), write_comment(3))
    (document,), tally = read_export(tmp_path, write_export(first), write_export(picture, again))
    assert document.front_matter["image"] == "/wp-content/uploads/a.jpg"
    assert document.thread
    assert [comment.id for comment in document.thread.comments] == ["wp-1", "wp-2", "wp-3"]
    assert [item.reason for item in document.thread.withheld] == ["duplicate"]
    assert document.thread.read == tally.read["comments"] == 4
    assert (tally.read["articles"], tally.skipped["duplicate"]) == (1, 1)


@pytest.mark.parametrize(
    ("base_url", "prefix"), [("https://news.example/blog/", ""), ("https://news.example/", "/blog")]
)
def test_a_site_in_a_folder(tmp_path: Path, base_url: str, prefix: str) -> None:
    address = "https://old.example/blog/wp-content/uploads/a.jpg"
    body = (
        f'<a href="https://old.example/blog/?p=17">Here</a> <a href="/blog/2024/bridge/">too</a> <img src="{address}">'
    )
    item = write_item(17, body, NATO, link="https://old.example/blog/2024/bridge/")
    export = write_export(item, write_attachment(9, address)).replace(
        "<wp:base_blog_url>https://old.example", "<wp:base_blog_url>https://old.example/blog"
    )
    (document,), tally = read_export(tmp_path, export, config=Config(base_url=base_url))
    assert document.front_matter["url"] == f"{prefix}/2024/bridge/"
    assert document.front_matter["aliases"] == [f"{prefix}/?p=17"]
    assert document.body == (
        f"[Here]({prefix}/2024/bridge/) [too]({prefix}/2024/bridge/) ![]({prefix}/wp-content/uploads/a.jpg)\n"
    )
    assert [(media.path, media.address) for media in document.media] == [
        (f"static{prefix}/wp-content/uploads/a.jpg", address)
    ]
    assert tally.redirects[f"{prefix}/tag/nato/"] == "/tags/nato/"


def test_two_sites_are_not_mixed(tmp_path: Path) -> None:
    other = write_export().replace("old.example", "other.example")
    with pytest.raises(UsageError, match="two sites"):
        read_export(tmp_path, write_export(), other)


def test_gzip_zip_bom_and_other_encodings(tmp_path: Path) -> None:
    export = write_export(write_item(17, "Caf\u00e9\n\nTwo"))
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", export)
    variants = [
        export.encode(),
        b"\xef\xbb\xbf" + export.encode(),
        export.replace("\n", "\r\n").encode(),
        export.replace("UTF-8", "iso-8859-1").encode("latin-1"),
        export.replace("UTF-8", "windows-1252").encode("cp1252"),
        export.replace("UTF-8", "UTF-16").encode("utf-16"),
        export.replace("export/1.2/", "export/1.0/").replace("http://w", "https://w").encode(),
        gzip.compress(export.encode()),
        (tmp_path / "packed.zip").read_bytes(),
    ]
    for variant in variants:
        (document,), _ = read_export(tmp_path, variant)
        assert document.body == "Caf\u00e9\n\nTwo\n"
        assert document.front_matter["title"] == "Bridge"


@pytest.mark.parametrize(
    ("export", "line", "message"),
    [
        ("<!DOCTYPE rss>" + FOOT, 1, "has a DTD"),
        ('<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>', 1, "has a DTD"),
        ('<!DOCTYPE l SYSTEM "file:///etc/passwd"><rss/>', 1, "has a DTD"),
        (HEAD + "<item><title>&nbsp;</title></item>" + FOOT, 11, "undefined entity"),
        (HEAD + "<item><title>&#8;</title></item>" + FOOT, 11, "reference to invalid character number"),
        (HEAD + "<item>\n<title>", 12, "no element found"),
        (HEAD + "<item>\n<title>\n<![CDATA[ Text", 13, "unclosed CDATA section"),
        (write_export() + write_export(), 20, "junk after document element"),
        (write_export() + "<rss/>", 20, "junk after document element"),
        ("\n" + write_export(), 2, "XML or text declaration not at start"),
        ("<html><body/></html>", 1, "its root element is `html`"),
        ("", 1, "no element found"),
        (HEAD + "<item>" + "<a>" * 100, 11, "nested more than"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, export: str, line: int, message: str) -> None:
    with pytest.raises(ContentError, match=message) as caught:
        read_export(tmp_path, export)
    (problem,) = caught.value.problems
    assert problem.span
    assert problem.span.line == line
    assert problem.hint or "root element" in problem.message or "nested" in problem.message
    assert problem.private


def test_control_characters_are_taken_out_and_their_lines_are_named(tmp_path: Path) -> None:
    export = write_export(write_item(17, "One\x0b\x08\n\nTwo\x1f"))
    lines = [number for number, line in enumerate(export.split("\n"), 1) if "One" in line or "Two" in line]
    (document,), tally = read_export(tmp_path, export)
    assert document.body == "One\n\nTwo\n"
    told = f"holds control characters on the lines {lines[0]}, {lines[1]}, which are left out"
    assert list(list_messages(tally)) == [told]


def test_what_is_told_of_the_way_adds_up_to_the_file(tmp_path: Path) -> None:
    export = write_export(*(write_item(number, "Text. " * 1000) for number in range(1, 50)))
    for data in (export.encode(), gzip.compress(export.encode())):
        steps: list[int] = []
        read_export(tmp_path, data, advance=steps.append)
        assert sum(steps) == len(data)
