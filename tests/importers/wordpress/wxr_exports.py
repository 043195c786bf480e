"""WordPress exports written for tests: what WordPress 6.9 writes, as small as can be."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from sitegen.importers.records import CapturedThread, ImportedDocument, ImportRequest, Tally
from sitegen.importers.wordpress.wxr import read_wxr
from sitegen.model.config import Config
from tests.samples import CLOCK

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old News</title>
<link>https://old.example</link>
<pubDate>Sat, 01 Jun 2024 12:00:00 +0000</pubDate>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
"""
FOOT = "</channel>\n</rss>\n"
AUTHORS = """\
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ana</wp:author_login>
<wp:author_email>ana@secret.example</wp:author_email>
<wp:author_display_name>Ana Ruiz</wp:author_display_name></wp:author>
"""
CATEGORIES = """\
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>world</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>World</wp:cat_name></wp:category>
<wp:category><wp:term_id>5</wp:term_id><wp:category_nicename>asia</wp:category_nicename>
<wp:category_parent>world</wp:category_parent><wp:cat_name>Asia</wp:cat_name></wp:category>
"""

_NAMES = {"creator": "dc:creator", "excerpt": "excerpt:encoded"}


def cdata(text: str) -> str:
    """Return `text` as WordPress writes it."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def write_meta(kind: str, meta: Mapping[str, str]) -> str:
    """Return what plugins keep of a post or a comment."""
    return "".join(
        f"<wp:{kind}meta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value>"
        f"</wp:{kind}meta>\n"
        for key, value in meta.items()
    )


def write_comment(
    identity: int | str, text: str = "Words.", *, meta: Mapping[str, str] | None = None, **fields: str
) -> str:
    """Return a comment; `fields` are those of the format without `comment_`."""
    values = {
        "id": str(identity),
        "author": "Ada",
        "author_email": "ada@secret.example",
        "author_url": "",
        "author_IP": "192.0.2.77",
        "date": "2024-03-09 12:00:00",
        "date_gmt": "2024-03-09 11:00:00",
        "content": text,
        "approved": "1",
        "type": "comment",
        "parent": "0",
        "user_id": "0",
        **fields,
    }
    lines = "".join(f"<wp:comment_{key}>{cdata(value)}</wp:comment_{key}>\n" for key, value in values.items())
    return f"<wp:comment>\n{lines}{write_meta('comment', meta or {})}</wp:comment>\n"


def write_item(
    identity: int | None = 17,
    body: str = "Text.",
    *inside: str,
    meta: Mapping[str, str] | None = None,
    **fields: str | None,
) -> str:
    """Return a post; `fields` are those of the format (`wp_` for `wp:`), None leaves one out."""
    values: dict[str, str | None] = {
        "title": "Bridge",
        "link": "https://old.example/2024/03/bridge/",
        "dc:creator": "ana",
        "content:encoded": body,
        "excerpt:encoded": "",
        "wp:post_id": str(identity) if identity is not None else None,
        "wp:post_date": "2024-03-09 11:12:00",
        "wp:post_date_gmt": "2024-03-09 10:12:00",
        "wp:comment_status": "open",
        "wp:post_name": "bridge",
        "wp:status": "publish",
        "wp:post_parent": "0",
        "wp:post_type": "post",
        "wp:post_password": "",
        "wp:is_sticky": "0",
    }
    values.update({_NAMES.get(key, key.replace("wp_", "wp:", 1)): value for key, value in fields.items()})
    lines = "".join(f"<{key}>{cdata(value)}</{key}>\n" for key, value in values.items() if value is not None)
    return f"<item>\n{lines}{''.join(inside)}{write_meta('post', meta or {})}</item>\n"


def write_term(taxonomy: str, slug: str, name: str) -> str:
    """Return a category or tag of a post."""
    return f'<category domain="{taxonomy}" nicename="{slug}">{cdata(name)}</category>\n'


def write_attachment(identity: int, address: str, *, parent: int = 0, meta: Mapping[str, str] | None = None) -> str:
    """Return a file of the media library."""
    name = address.rpartition("/")[2]
    return write_item(
        identity,
        "",
        title=name,
        link=f"https://old.example/{escape(name)}/",
        wp_post_type="attachment",
        wp_status="inherit",
        wp_post_parent=str(parent),
        wp_attachment_url=address,
        meta=meta,
    )


def write_export(*elements: str) -> str:
    """Return an export with everything that `elements` hold."""
    return "".join((HEAD, AUTHORS, CATEGORIES, *elements, FOOT))


def read_export(
    folder: Path, *parts: str | bytes, config: Config | None = None, **fields: object
) -> tuple[list[ImportedDocument], Tally]:
    """Return the documents of an export in one or several parts, and the account of them."""
    names = []
    for number, part in enumerate(parts):
        file = folder / f"export-{number}.xml"
        file.write_bytes(part.encode() if isinstance(part, str) else part)
        names.append(str(file))
    tally = Tally()
    request = ImportRequest(
        inputs=tuple(names),
        config=config or Config(base_url="https://news.example/"),
        clock=CLOCK,
        **fields,  # type: ignore[arg-type]
    )
    return list(read_wxr(request, tally)), tally


def read_thread(
    folder: Path, *comments: str, meta: Mapping[str, str] | None = None, **fields: str
) -> tuple[CapturedThread, Tally]:
    """Return the thread of a post with `comments`; `fields` are those of the post."""
    (document,), tally = read_export(folder, write_export(write_item(17, "Text.", *comments, meta=meta, **fields)))
    assert document.thread
    return document.thread, tally


def list_messages(tally: Tally) -> Iterator[str]:
    """Yield what is warned of."""
    return (problem.message for problem in tally.warnings)
