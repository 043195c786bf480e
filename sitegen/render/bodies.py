"""Putting addresses into the slots of a body."""

from collections.abc import Callable
from html import escape

from sitegen.model.article import Body
from sitegen.model.card import Picture
from sitegen.model.moment import Moment
from sitegen.model.names import Html
from sitegen.model.views import BodyLink, BodyRef
from sitegen.parse.html_tokens import read_attributes, scan_html


def fill_body(body: Body, ref: BodyRef, locate: Callable[[str], str], tell: Callable[[Moment], str]) -> Html:
    """Return `body` with the links and images of `ref` in its slots, each address passed through `locate`.

    `locate` makes an address of this site relative to the page, or absolute in a feed; `tell` gives the HTML of an
    instant.
    """
    pieces: list[str] = [body.parts[0]]
    for slot, part in zip(body.slots, body.parts[1:], strict=True):
        if slot.kind == "link":
            pieces.append(_link(ref.links[slot.index], locate))
        elif slot.kind == "moment":
            pieces.append(tell(body.moments[slot.index]))
        else:
            pieces.append(_image(ref.images[slot.index], locate))
        pieces.append(part)
    return Html("".join(pieces))


def fill_text(body: Body, tell: Callable[[Moment], str]) -> Html:
    """Return `body` without its addresses, which say nothing that is read."""
    pieces: list[str] = [body.parts[0]]
    for slot, part in zip(body.slots, body.parts[1:], strict=True):
        pieces += (tell(body.moments[slot.index]) if slot.kind == "moment" else "", part)
    return Html("".join(pieces))


def fill_feed_body(
    body: Body, ref: BodyRef, page: str, locate: Callable[[str], str], tell: Callable[[Moment], str]
) -> Html:
    """Return `body` as `fill_body` does, with links to its own parts leading to `page`, its absolute address.

    A feed reader shows the text anywhere, so that `#part` alone would lead nowhere.
    """
    tokens = scan_html(fill_body(body, ref, locate, tell))
    return Html("".join(_lead_home(token.text, page) if token.kind == "open" else token.text for token in tokens))


def _lead_home(tag: str, page: str) -> str:
    if "#" not in tag:
        return tag
    for attribute in reversed(read_attributes(tag)):
        if attribute.name == "href" and attribute.value.startswith("#"):
            tag = f'{tag[: attribute.start]}href="{escape(page + attribute.value)}"{tag[attribute.end :]}'
    return tag


def _link(link: BodyLink, locate: Callable[[str], str]) -> str:
    return f'{link.attribute}="{escape(locate(link.address))}"' if link.address else ""


def _image(picture: Picture, locate: Callable[[str], str]) -> str:
    source = f'src="{escape(locate(picture.src))}"'
    if picture.width and picture.height:
        return f'{source} width="{picture.width}" height="{picture.height}"'
    return source
