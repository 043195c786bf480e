"""Inline feedback: which passages of a body are marked, and which comments answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.model.comment_views import QuotedPassage
from sitegen.model.comments import Passage
from sitegen.model.names import Html
from sitegen.model.views import BodyPiece, MarkedPassage
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.passage_marks import MarkedPiece, mark_passages, name_passage
from sitegen.parse.passages import Range, find_passages, fold_tokens
from sitegen.render.characters import remove_illegal

_SHORT = 60
"""About how many characters of a quote say which passage is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A body and comments that know of each other."""

    pieces: tuple[BodyPiece, ...]
    """The body with its passages marked."""
    quoted: Mapping[str, QuotedPassage]
    """The passage of every comment that has one in the body, by the `id` attribute of the comment."""


def link_passages(html: Html, comments: Iterable[tuple[str, Passage]]) -> Feedback:
    """Return the body `html` with the passages marked that `comments` answer.

    These are `id` attributes with what each of them quotes, in reading order.
    """
    answers = tuple(comments)
    if not answers:
        return Feedback(pieces=(BodyPiece(html=html, passages=()),), quoted={})
    tokens = scan_html(remove_illegal(str(html)))
    folded = fold_tokens(tokens)
    found = find_passages(folded, (passage for _, passage in answers))
    groups: dict[Range, list[tuple[str, Passage]]] = {}
    for answer, place in zip(answers, found, strict=True):
        if place:
            groups.setdefault(place, []).append(answer)
    pieces = mark_passages(tokens, folded, groups.keys())
    quoted: dict[str, QuotedPassage] = {}
    for place, members in groups.items():
        anchors = [anchor for anchor, _ in members]
        for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
            quoted[anchor] = QuotedPassage(id=name_passage(place), following=following)
    return Feedback(pieces=tuple(_show_piece(piece, groups) for piece in pieces), quoted=quoted)


def _show_piece(piece: MarkedPiece, groups: Mapping[Range, Sequence[tuple[str, Passage]]]) -> BodyPiece:
    return BodyPiece(
        html=Html(Markup(piece.html)),  # noqa: S704 -- bodies are HTML by their type
        passages=tuple(_describe(groups[place]) for place in piece.passages),
    )


def _describe(members: Sequence[tuple[str, Passage]]) -> MarkedPassage:
    anchor, passage = members[0]
    return MarkedPassage(quote=_shorten(passage.quote), count=len(members), comment=anchor)


def _shorten(quote: str) -> str:
    """Return the beginning of a quote, cut at a word."""
    if len(quote) <= _SHORT:
        return quote
    start = quote[:_SHORT]
    return f"{start.rsplit(' ', 1)[0].rstrip(' ,;:')}…"
