"""Secrets that are kept until their day: traces of an article under embargo, in files that would be published."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitegen.errors import Problem, Span, error
from sitegen.model.article import Article, Body
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Digest

PHRASE = 8
"""So many words of a text in a row are a trace of it."""

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_SHORTEST_TITLE = 2
_TEXTS = (".css", ".csv", ".html", ".htm", ".js", ".json", ".md", ".rtf", ".srt", ".svg", ".txt", ".vtt", ".xml")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """An article under embargo, by what would give it away."""

    id: ArticleId
    """Which article."""
    until: Moment
    """When the embargo ends."""
    span: Span | None
    """Where the embargo stands in the article's file."""
    title: Words
    """The words of its title; a title of one word gives nothing away, and is left out."""
    phrases: frozenset[Words]
    """Every `PHRASE` words in a row of its text and its description."""
    address: re.Pattern[str] | None
    """Finds its slug in an address; None for a slug of one word, which may be anything."""
    pictures: Mapping[str, Digest]
    """Its pictures: name of the file to digest of the bytes."""


def keep_secret(article: Article, body: Body, pictures: Mapping[str, Digest]) -> Secret | None:
    """Return what would give `article` away; None where it has no embargo.

    `pictures` are the files that it alone shows, by name.
    """
    metadata = article.metadata
    if metadata.embargo is None:
        return None
    title = split_words(metadata.title)
    texts = (_TAG.sub(" ", "".join(body.parts)), metadata.description)
    slug = metadata.slug
    return Secret(
        id=article.id,
        until=metadata.embargo,
        span=article.spans.get("embargo"),
        title=title if len(title) >= _SHORTEST_TITLE else (),
        phrases=frozenset(phrase for text in texts for phrase in _windows(split_words(text), PHRASE)),
        address=re.compile(rf"(?<![\w-])(?<!tags/)(?<!authors/){re.escape(slug)}(?![\w-])") if "-" in slug else None,
        pictures=pictures,
    )


def find_traces(path: str, data: bytes, secrets: Sequence[Secret]) -> Iterator[tuple[Secret, str]]:
    """Yield every secret of which the file `data`, to be published at `path`, holds a trace, and what gives it away.

    Text counts with its markup taken out and with it left in, so that neither an element within a phrase nor an
    attribute hides it. Of files that are no text only the address counts.
    """
    text = _unescape(data.decode("utf-8", "replace")) if path.lower().endswith(_TEXTS) else ""
    variants = (split_words(_TAG.sub("", text)), split_words(_TAG.sub(" ", text)), split_words(text))
    lengths = {PHRASE, *(len(secret.title) for secret in secrets)}
    begins = {run[0] for secret in secrets for run in (secret.title, *secret.phrases) if run}
    # Most places begin nothing that is looked for.
    starts = [(words, [place for place, word in enumerate(words) if word in begins]) for words in variants]
    runs = {length: {words[at : at + length] for words, found in starts for at in found} for length in lengths}
    for secret in secrets:
        if secret.title and secret.title in runs[len(secret.title)]:
            yield secret, "its title"
        elif not secret.phrases.isdisjoint(runs[PHRASE]):
            yield secret, "a part of its text"
        elif secret.address and (secret.address.search(path) or secret.address.search(text)):
            yield secret, "its address"
        elif any(name in text for name in secret.pictures):
            yield secret, "its picture"


def find_pictures(digest: Digest, secrets: Iterable[Secret]) -> Iterator[tuple[Secret, str]]:
    """Yield every secret that has a picture with the bytes of `digest`, which a file to be copied has too."""
    for secret in secrets:
        if digest in secret.pictures.values():
            yield secret, "its picture"


def describe_trace(secret: Secret, what: str, path: str, source: str) -> Problem:
    """Return the error of a trace of `secret` at the output path `path`, which is made from `source`."""
    until = secret.until.at.isoformat(timespec="minutes")
    return error(
        "embargo",
        f"{what} would be in `/{path}` ({source}) before {until}",
        f"content/{secret.id}",
        secret.span,
        "take it out there until the embargo ends; nothing was published",
    )


def is_secret(article: Article, clock: datetime) -> bool:
    """Whether nothing of `article` may be published at `clock`."""
    embargo = article.metadata.embargo
    return embargo is not None and embargo.at > clock


def read_words(path: str, data: bytes) -> Words:
    """Return the words of a text file, its markup taken out; none of a file that is no text by its name."""
    if not path.lower().endswith(_TEXTS):
        return ()
    return split_words(_TAG.sub(" ", _unescape(data.decode("utf-8", "replace"))))


def split_words(text: str) -> Words:
    """Return the words of `text` as they are compared: without case, punctuation and ligatures."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _windows(words: Sequence[str], length: int) -> Iterator[Words]:
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _unescape(text: str) -> str:
    """Return `text` without character references, those of HTML inside a feed too, and without escapes of JSON."""
    plain = html.unescape(html.unescape(text))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", plain)
