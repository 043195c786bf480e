"""A made-up newspaper of any size, the same on every machine.

    python -m benchmarks.corpus ARTICLES FOLDER

writes it as a site of sitegen. Five sections, forty tags, three tags an article; a credit, a rating, and eight comments
on the average, two in five of them replies. Texts have about five hundred words with headings, lists, quotations, links
and now and then a table. All of it depends on the number of the article alone.
"""

import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment."""

    number: int
    """Its number on the article, from 1."""
    parent: int | None
    """The number of the comment it answers."""
    author: str
    """Its author's name."""
    at: datetime
    """When it was written."""
    text: str
    """Plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An article, before it has the form that a generator reads."""

    number: int
    """Its place, from the oldest on."""
    slug: str
    """Unique."""
    title: str
    """Plain text."""
    at: datetime
    """When it was published."""
    section: str
    """One of five."""
    tags: tuple[str, ...]
    """Three of forty."""
    summary: str
    """A sentence."""
    credit: str
    """Who published it first."""
    rating: float
    """From 1 to 5, with one decimal."""
    votes: int
    """How many voted."""
    body: str
    """Markdown that all generators read alike."""
    remarks: tuple[Remark, ...]
    """Comments, the oldest first."""


def make_posts(count: int, start: int = 0) -> Iterator[Post]:
    """Yield `count` articles from number `start` on, one every two hours."""
    for number in range(start, start + count):
        yield make_post(number)


def make_post(number: int) -> Post:
    """Return the article of that number."""
    chance = random.Random(f"harbour:{number}")
    at = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=2 * number, seconds=chance.randrange(3000))
    title = _sentence(chance).rstrip(".").split(",")[0]
    return Post(
        number=number,
        slug=_slug(title, number),
        title=title,
        at=at,
        section=_pick(chance, "sections"),
        tags=tuple(sorted(chance.sample(_WORDS["tags"], 3))),
        summary=_sentence(chance),
        credit=f"{_pick(chance, 'credits')} {at.year}",
        rating=round(chance.uniform(1, 5), 1),
        votes=chance.randint(2, 400),
        body=_body(chance),
        remarks=tuple(_remarks(chance, at)),
    )


def _pick(chance: random.Random, part: str) -> str:
    return str(chance.choice(_WORDS[part]))


def _slug(title: str, number: int) -> str:
    plain = "".join(sign for sign in title.lower() if sign.isalnum() or sign == " ")
    return f"{plain.replace(' ', '-')}-{number}"


def _sentence(chance: random.Random) -> str:
    who, did, what = (_pick(chance, part) for part in ("who", "did", "what"))
    how = _pick(chance, "how").format(n=chance.randint(2, 900), y=chance.randint(1990, 2030))
    words = f"{who} {did} {what}, {how}."
    return words[0].upper() + words[1:]


def _marked(chance: random.Random) -> str:
    """Return a sentence, now and then with emphasis or a link in it."""
    words = _sentence(chance).split(" ")
    place, kind = chance.randrange(1, 4), chance.random()
    if kind < 0.12:
        words[place] = f"**{words[place]}**"
    elif kind < 0.24:
        words[place] = f"*{words[place]}*"
    elif kind < 0.36:
        words[place : place + 2] = [f"[{' '.join(words[place : place + 2])}](https://source{place}.example/{kind:.4f})"]
    return " ".join(words)


def _paragraph(chance: random.Random, most: int) -> str:
    return " ".join(_marked(chance) for _ in range(chance.randint(3, most)))


def _body(chance: random.Random) -> str:
    parts = [_paragraph(chance, 6)]
    for place, heading in enumerate(chance.sample(_WORDS["headings"], 4)):
        parts += [f"## {heading}", _paragraph(chance, 6), _paragraph(chance, 4)]
        if place == 0:
            parts.append("\n".join(f"- {_marked(chance)}" for _ in range(3)))
        elif place == 1:
            parts.append(f"> {_sentence(chance)}\n>\n> {_pick(chance, 'people')}, {_pick(chance, 'who')}")
        elif place == 2:
            parts.append("\n".join(f"{item}. {_sentence(chance)}" for item in (1, 2, 3)))
        elif chance.random() < 0.3:
            rows = "\n".join(f"| {year} | {chance.randint(9, 999)} |" for year in range(2020, 2024))
            parts.append(f"| Year | Ships |\n| --- | ---: |\n{rows}")
    return "\n\n".join(parts) + "\n"


def _remarks(chance: random.Random, at: datetime) -> Iterator[Remark]:
    for number in range(1, 1 + max(0, round(chance.gauss(8, 3)))):
        at += timedelta(minutes=chance.randint(1, 300))
        parent = chance.randrange(1, number) if number > 1 and chance.random() < 0.4 else None
        text = " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
        yield Remark(number=number, parent=parent, author=_pick(chance, "people"), at=at, text=text)


if __name__ == "__main__":
    from benchmarks.layouts import write_sitegen

    write_sitegen(Path(sys.argv[2]), make_posts(int(sys.argv[1])), theme="broadsheet")
