import re
from pathlib import Path

import pytest

from sitegen.model.article import ImageSlot, LinkSlot
from sitegen.model.config import MarkdownConfig
from sitegen.parse.body import split_body
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.markdown import build_engine

CORPUS = Path(__file__).parents[3] / "shared" / "real-news" / "digitalgov" / "content"
FRONT_MATTER = re.compile(r"\s*---\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
ENGINE = build_engine(MarkdownConfig())

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus ../shared/real-news is not beside the repository"
)


def check(file: Path) -> None:
    text = file.read_bytes().decode("utf-8-sig")
    body = FRONT_MATTER.sub("", text, count=1) if FRONT_MATTER.match(text) else text
    converted = ENGINE.convert(body, "en")
    split = split_body(converted, body, 1)
    where = file.name
    assert len(split.body.parts) == len(split.body.slots) + 1, where
    assert not re.search("[\x02\x03\ufdd0-\ufdef]|klzzwxh|wzxhzdk", converted.html), where
    slots: tuple[LinkSlot | ImageSlot, ...] = (*split.links, *split.images)
    assert not any("{{" in slot.target for slot in slots), where
    anchors = [
        token.text for token in scan_html(converted.html) if token.kind == "open" and re.match("h[1-6]", token.name)
    ]
    assert all("id=" in anchor for anchor in anchors), where
    if re.search(r"^\w+ \w+ \w+", body, re.MULTILINE):
        assert split.excerpt, where
        assert split.body.words > 3, where
    placed = [slot.span is not None for slot in slots]
    assert placed.count(False) <= len(placed) // 4, where


@needs_corpus
def test_a_sample_of_real_posts_can_be_converted() -> None:
    files = sorted(CORPUS.rglob("*.md"))
    assert len(files) > 1_000
    for file in files[:: len(files) // 60]:
        check(file)


@needs_corpus
@pytest.mark.slow
def test_all_real_posts_can_be_converted() -> None:
    for file in sorted(CORPUS.rglob("*.md")):
        check(file)
