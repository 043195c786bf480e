"""A page that is to be written, and one that has been rendered."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import msgspec
from msgspec import Struct

from sitegen.model.card import Card
from sitegen.model.codec import UnreadableError, decode, encode_in_order
from sitegen.model.comment_views import CommentPageView
from sitegen.model.digests import digest_bytes
from sitegen.model.machine_views import MachineView
from sitegen.model.names import Digest, OutPath
from sitegen.model.values import name_fields
from sitegen.model.views import ListView, View

if TYPE_CHECKING:
    from sitegen.model.index_views import IndexView
    from sitegen.model.message_views import MessagePageView

AnyView: TypeAlias = "View | CommentPageView | MessagePageView | IndexView | MachineView"
"""What some template sees as `page`."""

Wave = Literal["asset", "page", "list", "sitemap"]


class PageSpec(Struct, frozen=True, kw_only=True, array_like=True):
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


class Rendered(Struct, frozen=True, kw_only=True, array_like=True):
    """The bytes of one output file."""

    path: OutPath
    """Where they are written."""
    data: bytes
    """The whole file."""


class _Written(NamedTuple):
    """A page as JSON, with its view still to be read."""

    kind: str
    path: OutPath
    template: str
    language: str
    wave: Wave
    source: str
    view: msgspec.Raw


_KINDS: Mapping[str, type[AnyView]] = {kind.__name__: kind for kind in get_args(View | CommentPageView | MachineView)}
"""Views of articles, lists and machines by the name of their type: views of different types can have equal fields."""


@cache
def _load_other_kinds() -> Mapping[str, type[AnyView]]:
    # An edited text stands on none of these, and is published in hardly more time than loading everything takes.
    from sitegen.model.index_views import IndexView  # noqa: PLC0415
    from sitegen.model.message_views import MessagePageView  # noqa: PLC0415

    return {kind.__name__: kind for kind in get_args(IndexView | MessagePageView)}


def encode_spec(spec: PageSpec) -> bytes:
    """Return a page as JSON; the keys of mappings stay in order, since templates go through them."""
    return SpecWriter().encode(spec)


class SpecWriter:
    """Encodes many pages, and a card once however many lists show it."""

    def __init__(self) -> None:
        """Start with no card."""
        self._cards: dict[int, _Card] = {}

    def encode(self, spec: PageSpec) -> bytes:
        """Return what `encode_spec` does."""
        if isinstance(spec.view, ListView):
            return _write(spec, _replace_cards(spec.view, [self._know(card).written for card in spec.view.cards]))
        return _write(spec, spec.view)

    def digest(self, spec: PageSpec) -> Digest:
        """Return the digest of a page: equal ones mean equal pages.

        In a list cards are represented by their digests: that of a thousand lists takes a third of the time.
        """
        if isinstance(spec.view, ListView):
            cards = [self._know(card).digest for card in spec.view.cards]
            return digest_bytes(_write(spec, _replace_cards(spec.view, cards)))
        return digest_bytes(_write(spec, spec.view))

    def write(self, spec: PageSpec) -> tuple[bytes, Digest]:
        """Return what `encode` and `digest` do."""
        data = self.encode(spec)
        return data, self.digest(spec) if isinstance(spec.view, ListView) else digest_bytes(data)

    def _know(self, card: Card) -> "_Card":
        # By identity, since comparing two cards takes longer than writing one.
        known = self._cards.get(id(card))
        if known is None:
            data = encode_in_order(card)
            known = self._cards[id(card)] = _Card(card, msgspec.Raw(data), digest_bytes(data))
        return known


class _Card(NamedTuple):
    """A card that was written."""

    card: Card
    """The card itself, which is kept so that it stays the only one with its identity."""
    written: msgspec.Raw
    """As JSON."""
    digest: Digest
    """Of that."""


def _write(spec: PageSpec, view: object) -> bytes:
    """Return a page as JSON, with `view` in the place of its own."""
    kind = type(spec.view).__name__
    return encode_in_order((kind, spec.path, spec.template, spec.language, spec.wave, spec.source, view))


def _replace_cards(view: ListView, cards: Sequence[object]) -> Sequence[object]:
    """Return what stands in a list, with `cards` in the place of its own."""
    return [cards if name == "cards" else getattr(view, name) for name in _LIST_FIELDS]


_LIST_FIELDS = name_fields(ListView)


def decode_spec(data: bytes) -> PageSpec:
    """Return the page that `encode_spec` wrote; raises UnreadableError for anything else."""
    found = decode(data, _Written)
    kind = _KINDS.get(found.kind) or _load_other_kinds().get(found.kind)
    if kind is None:
        raise UnreadableError(f"there is no view {found.kind}")
    return PageSpec(
        path=found.path,
        template=found.template,
        language=found.language,
        view=decode(found.view, kind),
        wave=found.wave,
        source=found.source,
    )
