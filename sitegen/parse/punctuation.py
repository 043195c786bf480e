# ruff: noqa: RUF001 — typographic characters are what this module is about
"""Smart punctuation: typographic quotes, apostrophes, dashes and ellipses in finished HTML.

One pass over the text between tags. Quotes pair across inline elements and never across blocks; code, addresses and
attributes stay as they are. The quotation marks of a language are those of the Unicode CLDR where its newspapers use
them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.parse.html_tokens import BLOCKS, LINE_END, Token, make_token


class Quotes(NamedTuple):
    """The quotation marks of a language."""

    open: str
    """Before a quotation."""
    close: str
    """Behind a quotation."""
    inner_open: str
    """Before a quotation inside a quotation, or where the author wrote single quotes."""
    inner_close: str
    """Behind it."""


_ENGLISH = Quotes("“", "”", "‘", "’")
_GERMAN = Quotes("„", "“", "‚", "‘")
_GUILLEMETS = Quotes("«", "»", "“", "”")
_RUSSIAN = Quotes("«", "»", "„", "“")
_LOW_HIGH = Quotes("„", "”", "‚", "’")
_FRENCH = Quotes("«\u202f", "\u202f»", "“", "”")
_NORDIC = Quotes("”", "”", "’", "’")
_QUOTES: dict[str, Quotes] = {
    "de": _GERMAN,
    "cs": _GERMAN,
    "sk": _GERMAN,
    "sl": _GERMAN,
    "bg": _GERMAN,
    "is": _GERMAN,
    "et": _GERMAN,
    "lt": _GERMAN,
    "de-ch": Quotes("«", "»", "‹", "›"),
    "de-li": Quotes("«", "»", "‹", "›"),
    "fr": _FRENCH,
    "fr-ch": Quotes("«", "»", "‹", "›"),
    "es": _GUILLEMETS,
    "it": _GUILLEMETS,
    "pt": _GUILLEMETS,
    "pt-br": _ENGLISH,
    "ca": _GUILLEMETS,
    "el": _GUILLEMETS,
    "fa": _GUILLEMETS,
    "nb": Quotes("«", "»", "‘", "’"),
    "nn": Quotes("«", "»", "‘", "’"),
    "no": Quotes("«", "»", "‘", "’"),
    "ru": _RUSSIAN,
    "uk": _RUSSIAN,
    "be": _RUSSIAN,
    "sv": _NORDIC,
    "fi": _NORDIC,
    "pl": _LOW_HIGH,
    "ro": Quotes("„", "”", "«", "»"),
    "hu": Quotes("„", "”", "»", "«"),
    "hr": _LOW_HIGH,
    "sr": _LOW_HIGH,
}

_LITERAL = frozenset({"code", "pre", "script", "style", "kbd", "samp", "var", "math", "svg", "textarea", "tt"})
_ADDRESS = r"""(?:https?://|www\.)[^\s<>"']+"""
# The first character comes first, and what stands around it is looked at afterwards: so the search skips from one such
# character to the next, which is ten times faster than trying every kind of mark at every place.
_MARK = re.compile(
    r"""["'.-](?:
     (?<=["'])
    |(?<=-)(?<![-!]-)(?<!&lt;-)-{1,2}(?!-|&gt;)
    |(?<=\.)(?<!\.\.)\.\.(?!\.\.)
    )""",
    re.VERBOSE,
)
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')")
_BEGINNING = re.compile(r'"(?<![^\s(\[{]")(?=[^\W_])')
_ENDING = re.compile(r'"(?<=[\w.,!?)]")(?=[\s,;:!?)\]]|\.(?!\.\.)|$)')
"""Quotes that look the same whatever stands elsewhere in a block, as long as no single one begins a quotation."""
_QUOTE_IN_SOURCE = re.compile(
    r""""(?:(?P<begins>(?<![^\s(]")(?=[^\W_]))|(?<=[^\W_]"|[.,!?]")(?=[\s,;:!?]|\.(?!\.\.)|$))"""
)
"""The same where none of them stands beside markup."""
_SPACED_DASH = re.compile(r"--(?<=[\w.,!?’”»“] --)(?= [\w‘“„«])")
"""A dash in a sentence, where it is no part of an address, a table or a rule."""
_MARK_OR_ADDRESS = re.compile(f"{_ADDRESS}|(?:{_MARK.pattern})", re.VERBOSE)
_STRAIGHT = "\"'"
_DASHES = {2: "–", 3: "—"}
_OPENING = frozenset("([{<—–-/“‘„‚«‹¿¡=\u202f")
_CLOSING = frozenset(".,;:!?)]}…—–")
_ELISION = re.compile(r"'(?:(?:\d\ds?|tis|twas|twere|em|til|n|s|t|k)(?![\w'])|n'(?=\s))", re.IGNORECASE)
_RUN_OF_QUOTES = re.compile(r"""["']{0,8}""")
_SPACE_REFERENCE = re.compile(r"&(?:nbsp|#160|#xa0|ensp|emsp|thinsp);$", re.IGNORECASE)


def find_quotes(language: str) -> Quotes:
    """Return the quotation marks of a language (BCP 47 tag); those of English where it is not known."""
    tag = language.lower().replace("_", "-")
    while tag:
        if tag in _QUOTES:
            return _QUOTES[tag]
        tag = tag.rpartition("-")[0]
    return _ENGLISH


def punctuate_tokens(tokens: list[Token], language: str) -> list[Token]:
    """Return HTML with typographic punctuation; `tokens` itself where there is nothing to do."""
    places = [
        index
        for index, token in enumerate(tokens)
        if token is not LINE_END and (_is_marked(token[1]) if token[0] == "text" else token[2] in _LITERAL)
    ]
    if not places:
        return tokens
    pen = _Pen(find_quotes(language))
    done = list(tokens)
    depths = [(-1, 0)]
    end = 0
    for index in places:
        kind, text, name = tokens[index]
        depth = depths[-1][1]
        if name:
            depths.append((index, max(0, depth + {"open": 1, "close": -1}.get(kind, 0))))
        elif not depth and index >= end:
            plain = None if _is_cut_off(tokens, index) else _punctuate_plainly(text, pen.quotes)
            if plain is None:
                start, end = _find_run(tokens, index)
                depth = next(depth for place, depth in reversed(depths) if place < start)
                done[start:end] = _punctuate_run(tokens[start:end], depth, pen)
            else:
                done[index] = make_token(("text", plain, ""))
    return done


def punctuate_source(source: str, language: str) -> str | None:
    """Return Markdown with the quotes, and dashes between words, that `punctuate_tokens` would give its HTML.

    None where not all of them are easily told. `source` holds neither code nor HTML, which would be changed as well; in
    an address or before a title no straight quote is left.
    """
    if "'" in source:
        source = _APOSTROPHE.sub("’", source)
        if "'" in source:
            return None
    if '"' in source:
        quotes = find_quotes(language)
        source = _QUOTE_IN_SOURCE.sub(lambda quote: quotes.open if quote.lastgroup else quotes.close, source)
        if '"' in source:
            return None
    return _SPACED_DASH.sub("–", source) if "--" in source else source


def punctuate_text(text: str, language: str) -> str:
    """Return plain text, already escaped for HTML or free of markup, with typographic punctuation."""
    if not _is_marked(text):
        return text
    return _Pen(find_quotes(language)).write(text, " ")


class _Pen:
    """Writes punctuation; knows which quotations are open in the current block and what stands before the next text."""

    def __init__(self, quotes: Quotes) -> None:
        self.quotes = quotes
        self.start_block()

    def start_block(self) -> None:
        self.before = " "
        self.outer = False
        self.inner = False

    def write(self, text: str, after: str) -> str:
        """Return `text` with typographic punctuation; `after` is the first character behind it, a space at the end."""
        if not _is_marked(text):
            self.before = _see_last(text)
            return text
        done: list[str] = []
        position = 0
        marks = _MARK_OR_ADDRESS if "://" in text or "www." in text else _MARK
        for match in marks.finditer(text):
            start, end = match.span()
            if start > position:
                done.append(text[position:start])
                self.before = _see_last(done[-1])
            position = end
            mark = self._write_mark(match, after)
            if mark.startswith("\u202f") and done:
                done[-1] = done[-1].rstrip(" ")
            if mark.endswith("\u202f") and text.startswith(" ", position):
                position += 1
            done.append(mark)
        if position < len(text):
            done.append(text[position:])
            self.before = _see_last(done[-1])
        return "".join(done)

    def _write_mark(self, match: re.Match[str], after: str) -> str:
        """Return what is written for `match`, and remember how it looks to what follows."""
        mark = match[0]
        if mark == "'":
            return self._quote_inner(match, _see_next(match.string, match.end(), after))
        if mark == '"':
            return self._quote(_see_next(match.string, match.end(), after))
        if mark[0] == "-":
            mark = _DASHES[len(mark)]
        elif mark[0] == ".":
            mark = "…"
        self.before = mark[-1]
        return mark

    def _quote(self, behind: str) -> str:
        if self._begins(behind, self.outer):
            self.before, self.outer, self.inner = "(", True, False
            return self.quotes.open
        self.before, self.outer = ")", False
        return self.quotes.close

    def _quote_inner(self, match: re.Match[str], behind: str) -> str:
        elided = not self.before.isalnum() and _ELISION.match(match.string, match.start())
        outside = self.before.isspace() or self.before in _OPENING
        if outside and not elided and self._begins(behind, self.inner):
            self.before, self.inner = "(", True
            return self.quotes.inner_open
        self.before = ")"
        if self.inner and not elided and not behind.isalnum():
            self.inner = False
            return self.quotes.inner_close
        return "’"

    def _begins(self, behind: str, opened: bool) -> bool:  # noqa: FBT001 — a state, not a choice of what to do
        """Tell whether a quotation begins here: by what stands on both sides, else by whether one is open already."""
        may_begin = self.before.isspace() or self.before in _OPENING
        may_end = behind.isspace() or behind in _CLOSING
        if may_begin != may_end:
            return may_begin
        if may_begin or opened:
            return not opened
        return not self.before.isdigit()


def _is_marked(text: str) -> bool:
    """Tell whether anything of `text` may be written in another way."""
    return "'" in text or '"' in text or "--" in text or "..." in text


def _is_cut_off(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a quote stands at an end of a text where an inline element is, behind which the sentence goes on."""
    text, behind = tokens[index][1], index + 1
    return (text[0] in _STRAIGHT and index > 0 and tokens[index - 1][2] not in BLOCKS) or (
        text[-1] in _STRAIGHT and behind < len(tokens) and tokens[behind][2] not in BLOCKS
    )


def _find_run(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """Return where the text around a token begins and ends: quotes in it may belong together."""
    start, end = index, index + 1
    while start > 0 and tokens[start - 1][2] not in BLOCKS:
        start -= 1
    while end < len(tokens) and tokens[end][2] not in BLOCKS:
        end += 1
    return start, end


def _punctuate_plainly(text: str, quotes: Quotes) -> str | None:
    """Return a text with typographic quotes; None where not all of them are easily told, whatever stands around it."""
    if "--" in text or "..." in text or "://" in text or "www." in text:
        return None
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
        if "'" in text:
            return None
    if '"' in text:
        text = _ENDING.sub(quotes.close, _BEGINNING.sub(quotes.open, text))
        if '"' in text:
            return None
    return text


def _punctuate_run(tokens: Sequence[Token], depth: int, pen: _Pen) -> list[Token]:
    """Return what stands between two ends of blocks with typographic punctuation; `depth` literal elements are open."""
    pen.start_block()
    done: list[Token] = []
    # What follows a text matters to a quote that ends it.
    quoted = any(token.kind == "text" and token.text[-1] in _STRAIGHT for token in tokens)
    following = _find_following(tokens) if quoted else [" "] * len(tokens)
    for token, after in zip(tokens, following, strict=True):
        if token.kind != "text":
            if token.name in _LITERAL:
                depth = max(0, depth + {"open": 1, "close": -1}.get(token.kind, 0))
            if token.name == "br":
                pen.before = " "
            done.append(token)
        elif depth:
            pen.before = "x"
            done.append(token)
        else:
            done.append(make_token(("text", pen.write(token.text, after), "")))
    return done


def _find_following(tokens: Sequence[Token]) -> list[str]:
    """Return for each token of a run the first character of the text behind it, or a space."""
    following: list[str] = []
    after = " "
    for token in reversed(tokens):
        following.append(after)
        if token.kind == "text":
            after = _see_next(token.text, 0, after)
        elif token.name == "br":
            after = " "
        elif token.name == "img":
            after = "x"
    return following[::-1]


def _see_last(text: str) -> str:
    """Return the last character as a quote behind it sees it."""
    if text[-1] == ";":
        if _SPACE_REFERENCE.search(text[-8:]):
            return " "
        if text.endswith("&lt;"):
            return "<"
    return text[-1]


def _see_next(text: str, position: int, after: str) -> str:
    """Return the next character that is no quote, as a quote before it sees it."""
    position = _RUN_OF_QUOTES.match(text, position).end()  # type: ignore[union-attr]
    if position >= len(text):
        return after
    if text[position] == "&" and _SPACE_REFERENCE.match(text[position : position + 8].partition(";")[0] + ";"):
        return " "
    if text.startswith("...", position):
        return "." if text[position + 3 : position + 4].isspace() else "x"
    if text.startswith("--", position):
        return "—"
    return text[position]
