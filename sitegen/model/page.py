"""A page that is to be written, and one that has been rendered."""

from dataclasses import dataclass, fields
from typing import Literal, get_args

import msgspec

from sitegen.model.card import Card
from sitegen.model.codec import UnreadableError, decode, encode_in_order
from sitegen.model.comment_views import CommentPageView
from sitegen.model.index_views import IndexView
from sitegen.model.machine_views import MachineView
from sitegen.model.message_views import MessagePageView
from sitegen.model.names import OutPath
from sitegen.model.views import ListView, View

AnyView = View | CommentPageView | MessagePageView | IndexView | MachineView
"""What some template sees as `page`."""

Wave = Literal["asset", "page", "list", "sitemap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """Everything one output file is made from, as values."""

    path: OutPath
    """Where it is written."""
    template: str
    """Name of the template that shows it."""
    language: str
    """Which `SiteView` and which language catalogue it sees."""
    view: AnyView
    """What the template sees as `page`; bodies and threads only by digest."""
    wave: Wave
    """When it is published: what others point to comes first."""
    source: str
    """Whom to blame for a clash of addresses: a file of the site, or words such as "tag NATO"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The bytes of one output file."""

    path: OutPath
    """Where they are written."""
    data: bytes
    """The whole file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A page as JSON, with its view still to be read."""

    path: OutPath
    template: str
    language: str
    wave: Wave
    source: str
    kind: str
    view: msgspec.Raw


_KINDS: dict[str, type[AnyView]] = {kind.__name__: kind for kind in get_args(AnyView)}
"""Views by the name of their type: views of different types can have equal fields."""


def encode_spec(spec: PageSpec) -> bytes:
    """Return a page as JSON; the keys of mappings stay in order, since JSON-LD is written in it."""
    return SpecWriter().encode(spec)


class SpecWriter:
    """Encodes many pages, and a card once however many lists show it."""

    def __init__(self) -> None:
        """Start with no card."""
        self._cards: dict[int, tuple[Card, msgspec.Raw]] = {}

    def encode(self, spec: PageSpec) -> bytes:
        """Return what `encode_spec` does."""
        view = self._write_list(spec.view) if isinstance(spec.view, ListView) else encode_in_order(spec.view)
        return encode_in_order(
            _Written(
                path=spec.path,
                template=spec.template,
                language=spec.language,
                wave=spec.wave,
                source=spec.source,
                kind=type(spec.view).__name__,
                view=msgspec.Raw(view),
            )
        )

    def _write_list(self, view: ListView) -> bytes:
        values = {field.name: getattr(view, field.name) for field in _LIST_FIELDS}
        return encode_in_order({**values, "cards": [self._write_card(card) for card in view.cards]})

    def _write_card(self, card: Card) -> msgspec.Raw:
        # By identity, since comparing two cards takes longer than writing one; a card that is kept stays the only one.
        known = self._cards.get(id(card))
        if known is None:
            known = self._cards[id(card)] = (card, msgspec.Raw(encode_in_order(card)))
        return known[1]


_LIST_FIELDS = fields(ListView)


def decode_spec(data: bytes) -> PageSpec:
    """Return the page that `encode_spec` wrote; raises UnreadableError for anything else."""
    found = decode(data, _Written)
    if found.kind not in _KINDS:
        raise UnreadableError(f"there is no view {found.kind}")
    return PageSpec(
        path=found.path,
        template=found.template,
        language=found.language,
        view=decode(found.view, _KINDS[found.kind]),
        wave=found.wave,
        source=found.source,
    )
