"""After any sequence of changes, a build that goes on from the one before ends where a build from nothing does.

Every step changes something about a site. Then the site is built in its place, and once more into an empty folder with
an empty memory: both have the same files with the same bytes, no file more and none less, or both find the same
problems and publish nothing. A second build in place has nothing to do, and knows that without looking closely.
"""

import os
import shutil
import struct
import zlib
from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.site.days import Days, pick
from tests.sites import CONFIG, TINY_THEME, read_tree, write_files, write_moderation, write_snapshot

_SECTIONS = ("world/", "sport/", "")
_SLUGS = ("a", "b", "c", "d")
_PATHS = tuple(f"content/{section}{slug}.md" for section in _SECTIONS for slug in _SLUGS)
_BUNDLE = "content/world/bridge/index.md"
_PICTURE = "content/world/bridge/map.png"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("A", "B", "C & D", '"E: F"'),
    "date": ("2026-09-30", "2026-10-01", "2026-10-01 12:00", "2026-10-02", "2026-11-02", "2027-01-01"),
    "tags": ("[]", "[red]", "[Red, blue]", "[blue, green]"),
    "authors": ("[]", "[Ada]", "[Ada, Bob]"),
    "slug": ("", "", "x", "y"),
    "section": ("", "", "Sport", "Local news"),
    "draft": ("false", "true"),
    "expires": ("", "", "2026-10-20", "2026-11-01 18:00"),
    "weight": ("0", "5"),
    "aliases": ("[]", "[/old/]", "[/older.html]", "['/?p=7']"),
    "gone": ("", "", "", "Withdrawn.", "{reason: Forbidden., show_title: true}"),
    "prev": ("", "", "false", "{title: Elsewhere}", "{title: B}", "b.md"),
    "series": ("", "", "Saga", "{name: Saga, part: 2}"),
    "live": ("", "", "true"),
    "updated": ("", "", "2026-10-05"),
    "lang": ("", "", "nl"),
    "comments": ("", "", "false", "closed"),
    "rating": ("", "", "4 (2 votes)"),
    "source": ("", "", "A paper", "{name: A paper, policy: noindex}"),
    "corrections": ("[]", "[{date: 2026-10-04, text: It was 2.}]"),
    "description": ("", "In short."),
    "template": ("", "", "special.html"),
}
_SHOWN = ("title", "description", "rating", "weight", "updated")
"""Fields that decide about no address."""
_BODIES = (
    "Text.",
    "Other text, *longer*.",
    "See [b](b.md) and [the bridge](/world/bridge/index.md).",
    "A picture: ![map](bridge/map.png) and [a file](/files/report.txt).",
    "# Heading\n\nText {{< tag >}}[^1].\n\n[^1]: Note.",
)
_TEXTS = ("Text.", "Text. " + "More. " * 300, "Text. More.", "Text.", "", "Text. More.")
"""Texts of which most keep the excerpt, so that nothing but their own pages is another."""
_BASE = TINY_THEME["base.html"].replace(
    "<nav>", "<nav>{{ t('mood') }} {{ asset('site.css') }} {{ structured_data | join | safe }} "
)
_TEMPLATES: Mapping[str, tuple[str | None, ...]] = {
    "foot.html": (None, "foot\n", "{% include 'toe.html' ignore missing %}\n"),
    "toe.html": (None, "toe {{ site.title }}\n"),
    "special.html": ("special {{ page.title }}\n", "{% extends 'article.html' %}\n"),
    "404.html": (None, "not here\n", "gone\n"),
    "page.html": (None, TINY_THEME["page.html"]),
    "base.html": (_BASE, _BASE.replace("<nav>", "<nav>{{ site.options.mood }} ")),
    "rss.xml": (None, "<rss>{{ page.title }}</rss>\n"),
}
_OTHERS: Mapping[str, tuple[str | bytes | None, ...]] = {
    "content/world/_index.md": (None, "---\ntitle: World affairs\n---\n", "---\norder: 9\n---\n"),
    "content/pages/about.md": (None, "---\ntitle: About\n---\n\nWe.\n", "---\ntitle: About us\nurl: /us/\n---\n"),
    "content/world/bridge/notes.txt": (None, "notes"),
    "static/files/report.txt": (None, "report", "longer report"),
    "static/files": (None, "a file where a folder was"),
    "static/robots.txt": (None, "User-agent: *\n"),
    "themes/tiny/theme.toml": (
        "[options]\nmood = 'calm'\n",
        "[options]\nmood = 'wild'\n",
        "[options]\nmood = 'calm'\n[lists.rated]\norder = 'rating'\non = ['home', 'tag']\n",
    ),
    "themes/tiny/locales/en.toml": ("mood = 'quiet'\n", "mood = 'loud'\n"),
    "themes/tiny/locales/nl.toml": (None, "mood = 'rustig'\n"),
    "themes/tiny/static/site.css": ("a{}", "b{}"),
}
_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("'The Gazette'", "'The Herald'"),
    "page_size": ("1", "2", "20"),
    "permalink": ("'/{section}/{year}/{month}/{slug}/'", "'/{slug}/'"),
    "base_url": ("'https://news.example/'", "'https://copy.example/sub/'"),
    "neighbours": ("'site'", "'section'"),
    "timezone": ("'UTC'", "'Asia/Tokyo'"),
    "feeds": ("{content = 'full'}", "{content = 'summary'}", "{size = 1}"),
    "languages": ("{}", "{nl = {title = 'De Bode'}}"),
    "redirects": ("{}", "{'/oldest/' = '/old/', '/?p=8' = '/world/'}", "{'/old/' = 'world/a.md'}"),
    "gone": ("{}", "{'/oldest/' = 'Withdrawn.'}"),
    "menus": ("{}", "{main = [{title = 'Us', url = 'pages/about.md'}]}"),
    "pages": ("{}", "{archive = false, tags = false}", "{authors = false, corrections = false}"),
    "lists": ("{}", "{related = {limit = 1}, block = {limit = 0}}"),
    "rating": ("{}", "{structured_data = true}"),
    "comments": (
        "{}",
        "{max_depth = 1}",
        "{order = 'newest'}",
        "{page_size = 1, fold = 1}",
        "{page_size = 1, order = 'newest'}",
        "{contact = 'editor@news.example'}",
    ),
}


_PAGE_COMMENTS = (None, write_snapshot("We?"), write_snapshot("We?", "You."), "{")
_MODERATIONS = (
    write_moderation("id: c-0, action: hide"),
    write_moderation("id: c-0, action: redact", "id: c-1, action: pin"),
    write_moderation("id: c-0, action: rename, name: Somebody"),
    write_moderation("id: c-9, action: hide"),
    write_moderation(),
    "decisions: {",
)


def draw_picture(width: int) -> bytes:
    """A white PNG that is `width` pixels wide and 1 high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" + b"\xff" * width)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


class EditorialDays(Days):
    """A site, and everything that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        for path in ("themes/tiny/theme.toml", "themes/tiny/locales/en.toml", "themes/tiny/static/site.css"):
            self.write_or_remove(path, _OTHERS[path][0])
        for name in ("base.html", "special.html"):
            self.write_or_remove(f"themes/tiny/templates/{name}", _TEMPLATES[name][0])
        self.settings: dict[str, str] = {}
        for path in (_PATHS[0], _PATHS[1], _BUNDLE):
            self.write_document(path, {"title": "A", "date": "2026-10-01", "body": "Text."})
        write_files(self.site, {_PICTURE: draw_picture(2)})

    @rule(data=st.data())
    def write_an_article(self, data: st.DataObject) -> None:
        path = pick(data, _PATHS)
        fields = {field: pick(data, values) for field, values in _FIELDS.items() if data.draw(st.booleans())}
        self.write_document(path, {"title": "New", "date": "2026-10-03", **fields, "body": pick(data, _BODIES)})

    @rule(data=st.data())
    def change_a_field(self, data: st.DataObject) -> None:
        if self.documents:
            path = pick(data, sorted(self.documents))
            field = pick(data, _FIELDS)
            self.write_document(path, {**self.documents[path], field: pick(data, _FIELDS[field])})

    @rule(data=st.data())
    def change_a_text(self, data: st.DataObject) -> None:
        if self.documents:
            path = pick(data, sorted(self.documents))
            self.edit_field(path, "body", pick(data, _BODIES))

    @rule(data=st.data())
    def change_what_is_shown(self, data: st.DataObject) -> None:
        if self.documents:
            field = pick(data, _SHOWN)
            self.edit_field(pick(data, sorted(self.documents)), field, pick(data, _FIELDS[field]))

    @rule(data=st.data())
    def delete_an_article(self, data: st.DataObject) -> None:
        if self.documents:
            path = pick(data, sorted(self.documents))
            del self.documents[path]
            (self.site / path).unlink()

    @rule(data=st.data())
    def rename_an_article(self, data: st.DataObject) -> None:
        if self.documents:
            path, target = pick(data, sorted(self.documents)), pick(data, _PATHS)
            fields = self.documents.pop(path)
            (self.site / path).unlink()
            self.write_document(target, fields)

    @rule(data=st.data())
    def change_comments(self, data: st.DataObject) -> None:
        path = pick(data, _PATHS).removesuffix(".md") + ".comments.json"
        self.write_or_remove(path, pick(data, (None, write_snapshot("One."), write_snapshot("One.", "Two."))))
        self.addresses_last = True

    @rule(data=st.data())
    def moderate_comments(self, data: st.DataObject) -> None:
        written = sorted(self.documents.keys() - {_BUNDLE})
        if written:
            stem = pick(data, written).removesuffix(".md")
            self.write_or_remove(f"{stem}.comments.json", write_snapshot("One.", "Two."))
            self.write_or_remove(f"{stem}.moderation.yaml", pick(data, (None, *_MODERATIONS)))
            self.addresses_last = True

    @rule(data=st.data())
    def comment_on_a_page(self, data: st.DataObject) -> None:
        self.write_or_remove("content/pages/about.md", pick(data, _OTHERS["content/pages/about.md"][1:]))
        self.write_or_remove("content/pages/about.comments.json", pick(data, _PAGE_COMMENTS))

    @rule(width=st.sampled_from((None, 2, 3)))
    def change_a_picture(self, width: int | None) -> None:
        self.write_or_remove(_PICTURE, draw_picture(width) if width else None)

    @rule(data=st.data())
    def change_a_template(self, data: st.DataObject) -> None:
        name = pick(data, _TEMPLATES)
        self.write_or_remove(f"themes/tiny/templates/{name}", pick(data, _TEMPLATES[name]))

    @rule(data=st.data())
    def change_another_file(self, data: st.DataObject) -> None:
        path = pick(data, _OTHERS)
        self.write_or_remove(path, pick(data, _OTHERS[path]))

    @rule(data=st.data())
    def change_the_configuration(self, data: st.DataObject) -> None:
        key = pick(data, _SETTINGS)
        self.configure(key, pick(data, _SETTINGS[key]))

    def configure(self, key: str, value: str) -> None:
        self.settings[key] = value
        kept = [line for line in CONFIG.splitlines() if line.split(" = ")[0] not in self.settings]
        lines = [*kept, *(f"{key} = {value}" for key, value in self.settings.items())]
        write_files(self.site, {"sitegen.toml": "\n".join(lines) + "\n"})

    @rule(hours=st.sampled_from((-240, -24, 6, 24, 24 * 60)))
    def let_time_pass(self, hours: int) -> None:
        self.clock += timedelta(hours=hours)

    @precondition(lambda self: self.output.is_dir())
    @rule(data=st.data(), content=st.sampled_from((None, b"tampered", b"")))
    def tamper_with_the_output(self, data: st.DataObject, content: bytes | None) -> None:
        path = self.output / pick(data, [path for path in sorted(read_tree(self.output)) if path != "manifest.sha256"])
        path.unlink()
        if content is not None:
            path.write_bytes(content)

    @rule(data=st.data())
    def touch_a_file(self, data: st.DataObject) -> None:
        if self.documents:
            os.utime(self.site / pick(data, sorted(self.documents)))

    @rule(data=st.data())
    def edit_without_a_trace(self, data: st.DataObject) -> None:
        """Change a file in its place without changing its size or its time."""
        if self.documents:
            path = self.site / pick(data, sorted(self.documents))
            before, text = path.stat(), path.read_text()
            with path.open("r+") as stream:
                stream.write(text[:-2] + ("!" if text[-2] == "." else ".") + "\n")
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert path.stat().st_size == before.st_size

    @rule(lost=st.sampled_from(("everything", "bytes")))
    def lose_the_memory(self, lost: str) -> None:
        state = self.site / ".sitegen/state.sqlite"
        if lost == "everything":
            shutil.rmtree(self.site / ".sitegen", ignore_errors=True)
        elif state.is_file():
            data = state.read_bytes()
            state.write_bytes(data[:5000] + bytes(len(data[5000:9000])) + data[9000:])


def test_every_single_change() -> None:
    """One after the other, so that none depends on luck; each ends where a clean build does."""
    days = EditorialDays()
    everything = {"title": "A", "date": "2026-10-01", "body": _BODIES[2]}
    try:
        for field, values in _FIELDS.items():
            for value in values[::-1]:
                days.write_document(_PATHS[1], {**everything, field: value})
                days.ends_where_a_clean_build_does()
        shown = [(field, value) for field in _SHOWN for value in _FIELDS[field][::-1]]
        for field, value in [*(("body", body) for body in (*_BODIES, *_TEXTS)), *shown]:
            days.edit_field(_PATHS[1], field, value)
            days.ends_where_a_clean_build_does()
        stem = _PATHS[1].removesuffix(".md")
        days.write_or_remove(f"{stem}.comments.json", write_snapshot("One.", "Two."))
        for decided in (*_MODERATIONS, _MODERATIONS[0], None):
            days.write_or_remove(f"{stem}.moderation.yaml", decided)
            days.addresses_last = True
            days.ends_where_a_clean_build_does()
        days.write_or_remove("content/pages/about.md", _OTHERS["content/pages/about.md"][1])
        for comments in (*_PAGE_COMMENTS[1:], None):
            days.write_or_remove("content/pages/about.comments.json", comments)
            days.addresses_last = True
            days.ends_where_a_clean_build_does()
        others = {**{f"themes/tiny/templates/{name}": values for name, values in _TEMPLATES.items()}, **_OTHERS}
        for path, contents in others.items():
            for content in (*contents[1:], contents[0]):
                days.write_or_remove(path, content)
                days.ends_where_a_clean_build_does()
        for key, choices in _SETTINGS.items():
            for choice in (*choices[1:], choices[0]):
                days.configure(key, choice)
                days.ends_where_a_clean_build_does()
    finally:
        days.teardown()


_PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

TestSomeDays = EditorialDays.TestCase
TestSomeDays.settings = settings(_PATIENT, max_examples=8, stateful_step_count=9, derandomize=True)


class ManyEditorialDays(EditorialDays):
    """The same for longer, and differently every time."""


TestManyDays = pytest.mark.slow(ManyEditorialDays.TestCase)
TestManyDays.settings = settings(_PATIENT, max_examples=150, stateful_step_count=25)
