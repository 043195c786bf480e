"""Addresses put into the slots of a body."""

from datetime import UTC, datetime

from sitegen.model.article import Body, Slot
from sitegen.model.card import Picture
from sitegen.model.moment import Moment
from sitegen.model.names import Digest, Html
from sitegen.model.views import BodyLink, BodyRef
from sitegen.render.bodies import fill_body, fill_feed_body

LINK, IMAGE = Slot(kind="link", index=0), Slot(kind="image", index=0)
HERE = "https://news.example/a/"


def body(*parts: str, slots: tuple[Slot, ...] = ()) -> Body:
    return Body(parts=tuple(Html(part) for part in parts), slots=slots)


def refs(*links: BodyLink, images: tuple[Picture, ...] = ()) -> BodyRef:
    return BodyRef(digest=Digest("x"), links=links, images=images)


def locate(address: str) -> str:
    return f"../{address}"


def tell(moment: Moment) -> str:
    return f"<time>{moment.at:%H:%M}</time>"


def test_an_instant_stands_in_its_slot() -> None:
    at = Moment(at=datetime(2026, 10, 3, 14, 5, tzinfo=UTC), precision="minute")
    text = Body(parts=(Html("<h2>"), Html(" Open</h2>")), slots=(Slot(kind="moment", index=0),), moments=(at,))
    assert fill_body(text, refs(), locate, tell) == "<h2><time>14:05</time> Open</h2>"


def test_links_and_images_stand_in_their_slots() -> None:
    text = body("<p><a ", ">x</a> <img ", ' alt="y"></p>', slots=(LINK, IMAGE))
    filled = fill_body(text, refs(BodyLink(address="b"), images=(Picture(src="c"),)), locate, tell)
    assert filled == '<p><a href="../b">x</a> <img src="../c" alt="y"></p>'


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    assert fill_body(body("<a ", ">x</a>", slots=(LINK,)), refs(BodyLink(address="")), locate, tell) == "<a >x</a>"


def test_media_have_their_attribute() -> None:
    link = BodyLink(address="b", attribute="poster")
    assert fill_body(body("<video ", ">", slots=(LINK,)), refs(link), locate, tell) == '<video poster="../b">'


def test_images_have_the_size_that_is_known() -> None:
    picture = Picture(src="c", width=640, height=480)
    filled = fill_body(body("<img ", ">", slots=(IMAGE,)), refs(images=(picture,)), locate, tell)
    assert filled == '<img src="../c" width="640" height="480">'


def test_no_address_breaks_out_of_its_attribute() -> None:
    hostile = "\"><script>alert('&')</script>"
    filled = fill_body(body("<a ", ">", slots=(LINK,)), refs(BodyLink(address=hostile)), str, tell)
    assert filled == '<a href="&quot;&gt;&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;">'


def test_text_that_looks_like_a_slot_is_text() -> None:
    text = body("{{ 7*7 }} <a ", "> %s {0} \\0</a>", slots=(LINK,))
    assert fill_body(text, refs(BodyLink(address="b")), str, tell) == '{{ 7*7 }} <a href="b"> %s {0} \\0</a>'


def test_in_a_feed_parts_of_the_text_are_parts_of_its_page() -> None:
    text = body(
        '<a class="x" href="#fn:1">1</a> <A HREF=\'#a&b\'>2</A> <a href=#c>3</a> <b id="#d">#e</b> <a ',
        ">",
        slots=(LINK,),
    )
    assert fill_feed_body(text, refs(BodyLink(address="/b/#x")), HERE, str, tell) == (
        f'<a class="x" href="{HERE}#fn:1">1</a> <A href="{HERE}#a&amp;b">2</A> <a href="{HERE}#c">3</a>'
        ' <b id="#d">#e</b> <a href="/b/#x">'
    )
