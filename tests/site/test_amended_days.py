"""Days on which nothing gets another place: documents and what is said about them change, and newer ones appear.

Such edits are published without a plan of the whole site. The site has everything that shows one document on the page
of another: neighbours, by date and by choice, series, related articles, lists by comments, rating and weight, pages of
lists, feeds with texts, the archive, redirects, the feed of all comments, and pages with comments of their own.
"""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.site.days import Days, pick
from tests.sites import CONFIG, write_article, write_files, write_moderation, write_snapshot

_PATHS = tuple(
    f"content/{place}.md" for place in ("world/a", "world/b", "sport/c", "world/d", "sport/e", "world/f", "sport/g")
)
_PAGE = "content/pages/about.md"
_TITLES = ("A", "B", "C", "D", "E", "F", "G", "A longer one")
_OWN: Mapping[str, Mapping[str, str]] = {
    _PATHS[1]: {"prev": "{title: D}", "aliases": "[/old/]"},
    _PATHS[2]: {"series": "Saga", "next": "world/d.md", "lang": "nl"},
    _PATHS[3]: {"series": "Saga", "label": "Opinion", "source": "{name: A paper, policy: noindex}"},
    _PATHS[4]: {"series": "Saga", "live": "true", "tags": "[red]"},
    _PATHS[5]: {"tags": "[blue]", "corrections": "[{date: 2026-10-04, text: It was 2.}]"},
    # An article of one of the next days may be what it leads to.
    _PATHS[6]: {"body": "See [it](/lost/) and [n](/world/2026/10/n8/).", "image": "lost.png", "tags": "[blue]"},
}
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "title": _TITLES,
    "description": ("", "In short.", "At length."),
    "rating": ("", "4 (2 votes)", "2 (9 votes)"),
    "weight": ("0", "5"),
    "updated": ("", "2026-10-20", "2026-11-20"),
    "extra": ("", "{mood: calm}"),
    "colour": ("", "red"),
    "body": (
        "Text.",
        "Other text.",
        "\n{{< tag >}}",
        "{{< tag >}}\n\n{% tag %}",
        "## 10:00 Now\n\nIt began.",
        "See [b](/world/b.md).",
    ),
}
_BROUGHT: Mapping[str, tuple[str, ...]] = {
    "tags": ("[red]", "[blue, red]", "[red, blue]", "[new]", "[Red]"),
    "body": (
        "See [a](../world/a.md).",
        "See [c](../sport/c.md#x) and [here](#y).",
        "See [it](/world/a/).",
        "![](x.png)",
    ),
    "slug": ("a", "x"),
    "weight": ("5",),
    "rating": ("4 (2 votes)",),
    "lang": ("nl",),
    "expires": ("2026-12-01",),
    "embargo": ("2026-10-20",),
    "label": ("{text: Opinion, until: 2026-12-02}",),
}
_CONFIGS = (
    "page_size = 1\nredirects = {'/gone/' = 'world/a.md'}\nfeeds = {size = 3, content = 'full'}\n",
    "page_size = 2\nneighbours = 'section'\nfeeds = {content = 'summary'}\n",
    "feeds = {comments = false}\ncomments = {page_size = 1, fold = 1}\nlists = {related = {limit = 1}}\n",
    "pages = {archive = false}\ncomments = {order = 'newest'}\nrating = {structured_data = true}\n",
)
_TALKS = (
    write_snapshot("One."),
    write_snapshot("One.", "Two."),
    write_snapshot("One.", "2.", "Three."),
    write_snapshot("Two.").replace('{"schema"', '{"mood": "calm",\n"schema"'),
)
_DECISIONS = (
    write_moderation(),
    write_moderation("id: c-0, action: hide"),
    write_moderation("id: c-0, action: rename, name: Somebody"),
)


class QuietDays(Days):
    """A site whose documents stay where they are."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        write_files(self.site, {"sitegen.toml": CONFIG + pick(data, _CONFIGS)})
        for place, path in enumerate(_PATHS):
            fields = {"title": _TITLES[place], "date": f"2026-10-{place + 1:02}", "body": f"Text {place}."}
            self.write_document(path, {"tags": "[red, blue]", **fields, **_OWN.get(path, {})})
        write_files(self.site, {_PAGE: "---\ntitle: About\n---\n\nWe.\n"})
        if data.draw(st.booleans()):
            secret = write_article(_TITLES[-1], "2026-10-01", "Not a word of it.", embargo="2026-12-24")
            write_files(self.site, {"content/world/secret.md": secret})
        for path in (_PATHS[0], _PATHS[3], _PAGE):
            self.write_comments(path, _TALKS[1], _DECISIONS[0])

    def write_comments(self, path: str, talk: str | None, decisions: str | None) -> None:
        stem = path.removesuffix(".md")
        written = {f"{stem}.comments.json": talk, f"{stem}.moderation.yaml": decisions}
        write_files(self.site, {path: text for path, text in written.items() if text})
        self.addresses_last = True

    @rule(data=st.data(), count=st.sampled_from((1, 1, 1, 2)))
    def edit(self, data: st.DataObject, count: int) -> None:
        for _ in range(count):
            field = pick(data, _SHOWN)
            self.edit_field(pick(data, _PATHS), field, pick(data, _SHOWN[field]))

    @rule(data=st.data())
    def publish(self, data: st.DataObject) -> None:
        """Add the newest article, of which most bring nothing along."""
        number = len(self.documents)
        fields = {"title": f"News {number}", "date": f"2026-10-{number + 10}", "body": f"News {number}."}
        more = {field: pick(data, values) for field, values in _BROUGHT.items() if data.draw(st.booleans())}
        path = f"content/{pick(data, ('world', 'sport'))}/n{number}.md"
        self.write_document(path, {**fields, **more})
        if data.draw(st.booleans()):
            self.write_comments(path, _TALKS[0], None)
        self.addresses_last = True

    @rule(data=st.data())
    def begin_to_talk(self, data: st.DataObject) -> None:
        self.write_comments(pick(data, sorted(self.documents)), pick(data, _TALKS), None)

    @rule(data=st.data())
    def talk(self, data: st.DataObject) -> None:
        self.write_comments(pick(data, (_PATHS[0], _PATHS[3], _PAGE)), pick(data, _TALKS), None)

    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        self.write_comments(pick(data, (_PATHS[0], _PATHS[3], _PAGE)), None, pick(data, _DECISIONS))


_PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

TestSomeDays = QuietDays.TestCase
TestSomeDays.settings = settings(_PATIENT, max_examples=10, stateful_step_count=10, derandomize=True)


class ManyQuietDays(QuietDays):
    """The same for longer, and differently every time."""


TestManyDays = pytest.mark.slow(ManyQuietDays.TestCase)
TestManyDays.settings = settings(_PATIENT, max_examples=100, stateful_step_count=25)
