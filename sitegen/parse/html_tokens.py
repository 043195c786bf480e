"""HTML cut into tags, text and the rest, and put together again: what every pass over a finished body works on.

It follows the tokenization of the HTML standard (section 13.2.5) closely enough for what authors write, in linear time.
Joined, the tokens give the HTML back, except that what would swallow the rest of the page is closed or escaped: a
comment or `<script>` without an end, a tag without its `>`.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, NamedTuple, cast

Kind = Literal["text", "open", "close", "comment", "raw"]
"""`raw` is what stands inside a script or style element; the text of a `textarea` or `title` is `raw` as well."""


class Token(NamedTuple):
    """A piece of HTML.

    Where every token of a body is asked something it is read by index, which takes half as long as by name.
    """

    kind: Kind
    """What it is."""
    text: str
    """As it stands in the HTML."""
    name: str = ""
    """Lower-case name of a tag, or of the element that `raw` text is in."""


class Attribute(NamedTuple):
    """An attribute of a start tag."""

    name: str
    """In lower case."""
    value: str
    """With character references resolved; empty where there is none."""
    start: int
    """Where its name begins in the tag."""
    end: int
    """Where its value ends, the quote included."""


RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav "
    "noscript ol optgroup option p pre search section select summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that a sentence does not run across."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TABLE_SCROLL = '<div class="table-scroll" tabindex="0">'
"""What stands around every table of Markdown, so that it scrolls by itself."""
_ARRANGED = HEADINGS | {"img"}
"""Elements whose start tags get attributes that they did not have."""

_PATIENCE = 64
"""After so many tags without an end, what follows is taken for text: each was looked for up to the very end."""
_MARKUP = re.compile(
    r"""<(?:
      (?P<comment>!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?P<end>--!?>)?)|[!?][^>]*+>|/[^a-zA-Z>][^>]*+>)
      |(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)
       (?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))*+>
      |(?P<unclosed>/?[a-zA-Z]|[!?]|/[^>])
    )""",
    re.VERBOSE | re.DOTALL,
)
_LONG_NUMBER = re.compile(r"&#([0-9]{8,}+)")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?""")
_NAME = re.compile(r"<[^\s/>]*+")


LINE_END = Token("text", "\n")
"""What stands between most blocks."""
_COMMON_NAMES = "p h2 h3 ul ol li em strong blockquote code pre a br hr table thead tbody tr th td"
_COMMON = {f"<{name}>": Token("open", f"<{name}>", name) for name in _COMMON_NAMES.split()} | {
    f"</{name}>": Token("close", f"</{name}>", name) for name in _COMMON_NAMES.split()
}
make_token = cast("Callable[[tuple[Kind, str, str]], Token]", partial(tuple.__new__, Token))
"""Makes a token of its parts in a third of the time that its own constructor takes."""


def scan_html(source: str) -> list[Token]:
    """Return the tokens of `source`, none of them empty."""
    tokens: list[Token] = []
    # Most tags of a document are the same few: one that was read is found again by its text, up to the first `>`.
    known = dict(_COMMON)
    position, last_end, failures = 0, source.rfind(">"), 0
    while (start := source.find("<", position)) >= 0:
        end = source.find(">", start) + 1
        if token := known.get(source[start:end]):
            if start > position:
                text = source[position:start]
                tokens.append(LINE_END if text == "\n" else make_token(("text", text, "")))
            tokens.append(token)
            position = end
            continue
        match = _MARKUP.search(source, start)
        if match is None:
            break
        start = match.start()
        if start > position:
            tokens.append(make_token(("text", source[position:start], "")))
        position = match.end()
        if match["unclosed"] is not None:
            failures += 1
            position = len(source) if start > last_end or failures > _PATIENCE else start + 1
            tokens.append(Token("text", source[start:position].replace("<", "&lt;")))
        elif match["name"] is None:
            tokens.append(_close_comment(match))
        else:
            token = Token("close" if match["slash"] else "open", match[0], match["name"].lower())
            tokens.append(token)
            if token.kind == "open" and token.name in RAW_TEXT:
                position = _scan_raw(source, position, token.name, tokens)
            else:
                known[match[0]] = token
    if position < len(source):
        tokens.append(Token("text", source[position:]))
    return tokens


def join_tokens(tokens: Iterable[Token]) -> str:
    """Return the HTML that `tokens` stand for."""
    return "".join([token.text for token in tokens])


def find_places(tokens: Sequence[Token]) -> list[int]:
    """Return where start tags with attributes are and those of headings and images: passes over tags need no others."""
    return [
        index for index, token in enumerate(tokens) if token[0] == "open" and ("=" in token[1] or token[2] in _ARRANGED)
    ]


def read_attributes(tag: str) -> list[Attribute]:
    """Return the attributes of a start tag in order, repeated ones included."""
    name = _NAME.match(tag)
    return [
        Attribute(match[1].lower(), resolve_references(_unquote(match[2] or "")), match.start(), match.end())
        for match in _ATTRIBUTE.finditer(tag, name.end() if name else 0)
    ]


def resolve_references(text: str) -> str:
    """Return HTML text without its character references: `&amp;` is `&`.

    The standard library raises ValueError where a number has thousands of digits; here it is no character either.
    """
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub(lambda match: f"&#{match[1].lstrip('0')[:8] or '0'}", text))


def escape_text(text: str) -> str:
    """Return plain text as HTML text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Return plain text as it may stand in an attribute, quoted or not."""
    return escape_text(text).replace('"', "&quot;").replace("'", "&#39;")


def _close_comment(match: re.Match[str]) -> Token:
    text = match[0]
    if text.startswith("<!--") and match["end"] is None and not text.endswith(("<!-->", "<!--->")):
        text += "-->"
    return Token("comment", text)


def _scan_raw(source: str, position: int, name: str, tokens: list[Token]) -> int:
    """Add what stands in a raw text element up to its end tag; return where scanning goes on."""
    end = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(source, position)
    stop = end.start() if end else len(source)
    if stop > position:
        tokens.append(Token("raw", source[position:stop], name))
    if not end:
        tokens.append(Token("close", f"</{name}>", name))
    return stop


def _unquote(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def read_id(tag: Token) -> str:
    """Return the `id` of a start tag; empty where it has none."""
    if "=" not in tag.text or "id" not in tag.text.lower():
        return ""
    return next((attribute.value for attribute in read_attributes(tag.text) if attribute.name == "id"), "")
