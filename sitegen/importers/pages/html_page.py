"""An article saved as HTML, with the comments below it."""

import hashlib
from urllib.parse import quote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from sitegen.errors import ContentError, error, warning
from sitegen.importers.pages.addresses import PageAddresses
from sitegen.importers.pages.comment_list import read_comment_list
from sitegen.importers.pages.facts import PageFacts
from sitegen.importers.pages.files import CODE, SavedPage
from sitegen.importers.pages.headline import Headline, Origin
from sitegen.importers.pages.linked_data import LinkedArticle, read_linked_article
from sitegen.importers.pages.main_text import find_main_text, shield_passages, take_credit, unshield_passages
from sitegen.importers.pages.markup import check_nesting, find, read_text
from sitegen.importers.pages.prose import split_paragraphs, write_markdown
from sitegen.importers.pages.text_parts import make_rating
from sitegen.importers.pages.times import SourceTimes
from sitegen.importers.pages.wpdiscuz import LineFinder, has_wpdiscuz, read_wpdiscuz
from sitegen.importers.records import ImportRequest, Tally
from sitegen.importers.wordpress.bodies import ConvertedBody, convert_rendered
from sitegen.importers.wordpress.home import Home
from sitegen.parse.comment_format import AnchorRecord

PREFIX = "wp-"
"""What ids of these comments begin with: their numbers are those of WordPress."""


def read_html_page(
    page: SavedPage, origin: Origin, request: ImportRequest, times: SourceTimes, tally: Tally
) -> PageFacts:
    """Return what a page tells. Raises ContentError where it holds no article, or times that cannot be read."""
    check_nesting(page.text, page.name)
    root = LexborHTMLParser(page.text).root
    if root is None:
        raise ContentError([error(CODE, "holds no article", page.name, hint="save the whole page")])
    linked = read_linked_article(root)
    headline = Headline(root, linked, origin, request.timezone or request.config.timezone)
    facts = _read_headline(headline, request)
    addresses = PageAddresses(facts.url, page.file, request.media_dir)
    _read_body(facts, linked, page, addresses, tally)
    facts.image = addresses.move(headline.find_image()) if headline.find_image() else ""
    facts.media = addresses.media
    facts.key = _choose_key(facts)
    rating = make_rating(*(read_text(find(root, place)) for place in (".wpdrv", ".wpdrc", ".wpd-rating-title")))
    facts.rating = (rating,) if rating else ()
    lines = LineFinder(page.text)
    if has_wpdiscuz(root):
        facts.platform = "wpdiscuz"
        read_wpdiscuz(root, facts, times, page.name, lines)
    else:
        facts.declared = linked.comment_count
        read_comment_list(root, facts, times, page.name, lines)
    return facts


def _choose_key(facts: PageFacts) -> str:
    """Return who the article is: as in exports where its number is known, else its address, else its text."""
    if not facts.url:
        return facts.key
    parts = urlsplit(facts.url)
    if facts.source_id is None:
        return quote(facts.url, safe="/:?&=%#~+,;@!$'()*")
    return Home(address=f"{parts.scheme}://{parts.netloc}").make_key(int(facts.source_id))


def _read_headline(headline: Headline, request: ImportRequest) -> PageFacts:
    language = headline.find_language()
    number = headline.find_number()
    is_foreign = language.partition("-")[0].lower() != request.config.language.partition("-")[0].lower()
    return PageFacts(
        key="",
        platform="wordpress",
        prefix=PREFIX,
        title=" ".join(headline.find_title().split()),
        date=headline.find_date(),
        updated=headline.find_update(),
        url=headline.find_url(),
        section=headline.find_section(),
        previous=headline.find_previous(),
        next=headline.find_next(),
        authors=headline.find_authors(),
        tags=headline.find_tags(),
        language=language if language and is_foreign else "",
        description=headline.find_description(),
        source_id=number,
        aliases=(f"/?p={number}",) if number else (),
    )


def _read_body(
    facts: PageFacts, linked: LinkedArticle, page: SavedPage, addresses: PageAddresses, tally: Tally
) -> None:
    """Put the text into `facts`: that of the page, else that of JSON-LD, which has no markup."""
    # A tree of its own, since what is no text of the article is taken out of it.
    root = LexborHTMLParser(shield_passages(page.text)).root
    place = find_main_text(root, facts.title, linked.body) if root is not None else None
    if place is not None and read_text(place):
        facts.source = take_credit(place)
        converted = convert_rendered(unshield_passages(place.inner_html or ""), relocate=addresses.move)
        facts.body = converted.markdown.strip("\n")
        facts.passages = {
            passage.id: AnchorRecord(
                quote=passage.quote, prefix=passage.prefix, suffix=passage.suffix, question=passage.question
            )
            for passage in converted.passages
        }
        _note_unknown(converted, page, tally)
    if not facts.body and linked.body:
        facts.body = write_markdown(split_paragraphs(linked.body.split("\n")))
    if not facts.body:
        hint = "save the whole page, or save it as text"
        raise ContentError([error(CODE, "holds no article", page.name, hint=hint)])
    facts.key = f"html:{hashlib.sha256(facts.body.encode()).hexdigest()[:24]}"


def _note_unknown(converted: ConvertedBody, page: SavedPage, tally: Tally) -> None:
    for name, count in converted.unknown.items():
        tally.unknown[name if name.startswith("wp:") else f"[{name}]"] += count
    if converted.removed:
        parts = ", ".join(f"{count} {kind}" for kind, count in converted.removed.items())
        tally.warnings.append(
            warning(CODE, f"is taken over without what has no place in an article: {parts}", page.name)
        )
