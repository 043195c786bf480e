"""The made-up newspaper as an export of WordPress, of any size, the same on every machine.

    python -m benchmarks.wxr_export MEGABYTES FILE
    python -m benchmarks.wxr_export --import MEGABYTES

The first writes the export; the second imports one and says how much memory that took, and how long. Every article has
a picture in the media library, the votes of readers, and its comments; every hundredth comment waits for approval.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.corpus import Post, make_post
from benchmarks.measuring import run_once

_SITE = "https://old.example"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<link>{_SITE}</link>
<wp:base_blog_url>{_SITE}</wp:base_blog_url>
"""
_FOOT = "</channel>\n</rss>\n"


def list_items(post: Post) -> Iterator[str]:
    """Yield the items of an article: itself, and its picture behind it."""
    year = f"{post.at:%Y/%m}"
    number = 2 * post.number + 1
    comments = "".join(_write_comments(post))
    yield (
        f"<item><title>{escape(post.title)}</title><link>{_SITE}/{year}/{post.slug}/</link>"
        f"<dc:creator>editor</dc:creator><content:encoded>{escape(post.body)}</content:encoded>"
        f"<excerpt:encoded>{escape(post.summary)}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>{post.at:%F %T}</wp:post_date><wp:post_date_gmt>{post.at:%F %T}</wp:post_date_gmt>"
        f"<wp:post_name>{post.slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="{post.section}">{post.section}</category>'
        + "".join(f'<category domain="post_tag" nicename="{tag}">{escape(tag)}</category>' for tag in post.tags)
        + _write_meta("post", "_thumbnail_id", str(number + 1))
        + _write_meta("post", "wpdiscuz_post_rating", str(post.rating))
        + _write_meta("post", "wpdiscuz_post_rating_count", str(post.votes))
        + f"{comments}</item>\n"
    )
    yield (
        f"<item><title>{post.slug}</title><link>{_SITE}/{year}/{post.slug}/picture/</link>"
        f"<wp:post_id>{number + 1}</wp:post_id><wp:post_parent>{number}</wp:post_parent>"
        "<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>{_SITE}/wp-content/uploads/{year}/{post.slug}.jpg</wp:attachment_url></item>\n"
    )


def write_export(file: Path, size: int) -> int:
    """Write an export of at least `size` bytes to `file`; return how many articles are in it."""
    with file.open("wb") as stream:
        written = stream.write(_HEAD.encode())
        for number in count():
            if written >= size:
                break
            for item in list_items(make_post(number)):
                written += stream.write(item.encode())
        stream.write(_FOOT.encode())
    return number


def _write_comments(post: Post) -> Iterator[str]:
    for remark in post.remarks:
        identity = 1000 * post.number + remark.number
        parent = 1000 * post.number + remark.parent if remark.parent else 0
        votes = f'a:2:{{s:4:"like";i:{identity % 7};s:7:"dislike";i:-1;}}'
        yield (
            f"<wp:comment><wp:comment_id>{identity}</wp:comment_id>"
            f"<wp:comment_author>{escape(remark.author)}</wp:comment_author>"
            f"<wp:comment_author_email>{identity}@reader.example</wp:comment_author_email>"
            f"<wp:comment_author_IP>192.0.2.{identity % 256}</wp:comment_author_IP>"
            f"<wp:comment_date_gmt>{remark.at:%F %T}</wp:comment_date_gmt>"
            f"<wp:comment_content>{escape(remark.text)}</wp:comment_content>"
            f"<wp:comment_approved>{int(identity % 100 > 0)}</wp:comment_approved><wp:comment_type>comment"
            f"</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
            f"{_write_meta('comment', 'wpdiscuz_votes_seperate', votes)}</wp:comment>"
        )


def _write_meta(kind: str, key: str, value: str) -> str:
    return (
        f"<wp:{kind}meta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{escape(value)}</wp:meta_value></wp:{kind}meta>"
    )


def _measure_import(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        (site / "content").mkdir(parents=True)
        (site / "sitegen.toml").write_text('title = "T"\nbase_url = "https://news.example/"\n', encoding="utf-8")
        export = Path(folder, "export.xml")
        articles = write_export(export, size)
        command = [str(Path(sys.executable).with_name("sitegen")), "-C", str(site), "import", "wxr", str(export)]
        run = run_once(command, Path(folder), {}, weigh=True)
        print(
            f"{export.stat().st_size / 1e6:.0f} MB, {articles} articles: {run.wall:.0f} s, {run.memory or 0:.0f} MB"
            " of memory"
        )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("megabytes", type=int)
    arguments.add_argument("file", type=Path, nargs="?")
    arguments.add_argument("--import", action="store_true", dest="measure")
    asked = arguments.parse_args()
    if asked.measure:
        _measure_import(asked.megabytes * 1_000_000)
    else:
        write_export(asked.file or Path("export.xml"), asked.megabytes * 1_000_000)
