"""What somebody should look at after an export was imported: each thing is said once, with how often it was met."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sitegen.errors import Problem, warning
from sitegen.importers.wordpress.bodies import ConvertedBody
from sitegen.importers.wordpress.wxr_format import Item
from sitegen.importers.wordpress.wxr_links import Links

_CODE = "import"
_OWN_TYPES = frozenset(
    "attachment custom_css customize_changeset guest-author nav_menu_item oembed_cache revision user_request wp_block "  # noqa: SIM905
    "wp_font_face wp_font_family wp_global_styles wp_navigation wp_template wp_template_part".split()
)
"""Types by which WordPress keeps what belongs to no article."""


@dataclass(slots=True, kw_only=True)
class Notes:
    """Counts of what was met."""

    untitled: int = 0
    """Documents without a title."""
    protected: int = 0
    """Documents behind a password."""
    undated: int = 0
    """Articles without a time."""
    missed: int = 0
    """Articles that were to appear in the past and did not."""
    assumed_zone: int = 0
    """Times that were taken for local ones without anybody having said which zone that is."""
    unread_votes: int = 0
    """Comments whose votes could not be read."""
    lost_anchors: int = 0
    """Comments on a passage that cannot be told."""
    unknown_links: int = 0
    """Links to addresses of the old site that are not in the export."""
    _foreign: Counter[str] = field(default_factory=Counter)
    _removed: Counter[str] = field(default_factory=Counter)
    _missing: Counter[str] = field(default_factory=Counter)

    def add_skipped(self, item: Item, reason: str) -> None:
        """Note an item that becomes no document."""
        if reason == item.type and item.type not in _OWN_TYPES and item.status == "publish":
            self._foreign[item.type] += 1

    def add_body(self, body: ConvertedBody, links: Links) -> None:
        """Note what became of a body."""
        self._removed.update(body.removed)
        self._missing.update(body.missing)
        self.unknown_links += links.unknown

    def describe(self, zone: str) -> Iterator[Problem]:
        """Yield what is to be said; `zone` is that of the site here."""
        told = (
            (
                self.assumed_zone,
                f"times without a zone were read as {zone}, that of this site",
                "--timezone says another",
            ),
            (self.untitled, "documents without a title got one from their text or address", "look through them"),
            (self.protected, "documents behind a password are drafts now", "the password itself is not kept"),
            (self.undated, "articles without a date are drafts now", "write `date` into their front matter"),
            (self.missed, "articles that should have appeared in the past, and did not, are drafts now", None),
            (self.unread_votes, "comments have votes that cannot be read", None),
            (
                self.lost_anchors,
                "comments answer a passage that the export does not name, and stand without it",
                "`sitegen comments capture page` takes the passages from the saved page",
            ),
            (self.unknown_links, "links to pages of the old site that are not in the export stay as they were", None),
        )
        for number, message, hint in told:
            if number:
                yield warning(_CODE, f"{message} ({number})", hint=hint)
        for kind, number in sorted(self._foreign.items()):
            message = f"items of the type `{kind[:50]}` are left out ({number})"
            yield warning(_CODE, message, hint="only posts and pages become documents")
        for kind, number in sorted(self._removed.items()):
            yield warning(_CODE, f"`{kind}` was taken out of the texts ({number})")
        if self._missing:
            shown = ", ".join(sorted(self._missing, key=int)[:10])
            message = f"files that galleries show are not in the export: {shown} ({len(self._missing)})"
            yield warning(_CODE, message, hint="export all content, media as well")
