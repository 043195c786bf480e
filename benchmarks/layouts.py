"""The made-up newspaper in the form that each generator reads."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.corpus import Post, Remark

HERE = Path(__file__).parent
_SITEGEN = """\
title = "Bench News"
base_url = "https://news.example/"
theme = ["{theme}"]
permalink = "/{{section}}/{{slug}}/"
"""
_EQUAL = """\

[feeds]
content = "summary"
comments = false

[pages]
archive = false
tags = false
authors = false
corrections = false
"""


def write_sitegen(root: Path, posts: Iterable[Post], *, theme: str, engine: str = "python-markdown") -> None:
    """Write a site of sitegen, with all features of broadsheet or with the work that all peers do (`equal`)."""
    markdown = f'\n[markdown]\nengine = "{engine}"\n' if engine != "python-markdown" else ""
    text = _SITEGEN.format(theme=theme) + (_EQUAL if theme == "equal" else "") + markdown
    _write(root / "sitegen.toml", text)
    if theme == "equal":
        shutil.copytree(HERE / "equal_theme", root / "themes" / "equal", dirs_exist_ok=True)
    for post in posts:
        write_sitegen_post(root, post)


def write_sitegen_post(root: Path, post: Post) -> Path:
    """Write one article and its snapshot; return the article's file."""
    file = root / "content" / post.section / f"{post.slug}.md"
    head = {
        "title": post.title,
        "date": f"{post.at:%Y-%m-%dT%H:%M:%SZ}",
        "tags": list(post.tags),
        "description": post.summary,
        "source": post.credit,
        "rating": {"value": post.rating, "votes": post.votes},
    }
    _write(file, _front_matter(head) + post.body)
    if post.remarks:
        comments = [
            {
                "id": f"wp-{remark.number}",
                **({"parent": f"wp-{remark.parent}"} if remark.parent else {}),
                "author": {"name": remark.author},
                "published": {"at": f"{remark.at:%Y-%m-%dT%H:%M:%SZ}"},
                "body": {"format": "text", "text": remark.text},
            }
            for remark in post.remarks
        ]
        snapshot = {"schema": "sitegen.comments/1", "snapshot": {"platform": "wordpress"}, "comments": comments}
        _write(file.with_name(f"{post.slug}.comments.json"), json.dumps(snapshot, ensure_ascii=False, indent=1) + "\n")
    return file


def write_hugo(root: Path, posts: Iterable[Post]) -> None:
    """Write a site of Hugo; comments are data files, which is faster there than a bundle for each article."""
    shutil.copytree(HERE / "peers" / "hugo", root, dirs_exist_ok=True)
    for post in posts:
        write_hugo_post(root, post)


def write_hugo_post(root: Path, post: Post) -> None:
    """Write one article for Hugo."""
    _write(root / "content" / post.section / f"{post.slug}.md", _plain_head(post) + post.body)
    _write(root / "data" / "comments" / f"{post.slug}.json", _tree(post))


def write_eleventy(root: Path, posts: Iterable[Post]) -> None:
    """Write a site of Eleventy; comments are the data file of each article."""
    shutil.copytree(HERE / "peers" / "eleventy", root, dirs_exist_ok=True)
    for post in posts:
        write_eleventy_post(root, post)


def write_eleventy_post(root: Path, post: Post) -> None:
    """Write one article for Eleventy."""
    folder = root / "content" / post.section
    _write(folder / f"{post.slug}.md", _plain_head(post) + post.body)
    _write(folder / f"{post.slug}.11tydata.json", f'{{"thread": {_tree(post)}}}')


def write_pelican(root: Path, posts: Iterable[Post]) -> None:
    """Write a site of Pelican, which reads flat metadata; a plugin loads the comments."""
    shutil.copytree(HERE / "peers" / "pelican", root, dirs_exist_ok=True)
    for post in posts:
        write_pelican_post(root, post)


def write_pelican_post(root: Path, post: Post) -> None:
    """Write one article for Pelican."""
    head = (
        f"---\ntitle: {post.title}\ndate: {post.at:%Y-%m-%d %H:%M:%S}\nslug: {post.slug}\n"
        f"category: {post.section}\ntags: {', '.join(post.tags)}\nsummary: {post.summary}\ncredit: {post.credit}\n"
        f"rating: {post.rating}\nvotes: {post.votes}\n---\n\n"
    )
    _write(root / "content" / post.section / f"{post.slug}.md", head + post.body)
    _write(root / "comments" / f"{post.slug}.json", _tree(post))


def _plain_head(post: Post) -> str:
    return _front_matter(
        {
            "title": post.title,
            "date": f"{post.at:%Y-%m-%dT%H:%M:%SZ}",
            "tags": list(post.tags),
            "summary": post.summary,
            "section": post.section,
            "credit": post.credit,
            "rating": post.rating,
            "votes": post.votes,
        }
    )


def _front_matter(values: Mapping[str, object]) -> str:
    """Return front matter whose values are JSON, which is YAML too; a date stands without quotes."""
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def _tree(post: Post) -> str:
    """Return the comments as a tree, which templates of the peers walk."""
    replies: dict[int | None, list[Remark]] = {}
    for remark in post.remarks:
        replies.setdefault(remark.parent, []).append(remark)

    def grow(parent: int | None) -> list[dict[str, object]]:
        return [
            {
                "id": remark.number,
                "author": remark.author,
                "date": f"{remark.at:%Y-%m-%dT%H:%M:%SZ}",
                "text": remark.text,
                "replies": grow(remark.number),
            }
            for remark in replies.get(parent, [])
        ]

    return json.dumps({"count": len(post.remarks), "comments": grow(None)}, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    """Write a file unless it is so already: whoever watches the folder is to see what was edited, and no more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
