"""Template tags of other generators in a body: shown as written, never interpreted.

`{{< ref "x" >}}` and `{{% note %}}` are shortcodes of Hugo; `{{ page.title }}` and `{% include x %}` are tags of
Liquid, Jinja, Twig and Nunjucks. Before Markdown is converted, each one outside code becomes a placeholder made of
noncharacters (Unicode 23.7), which no text may hold; in the finished HTML the placeholders become the tags again,
escaped for where they stand.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sitegen.errors import Span
from sitegen.parse.code_regions import find_code
from sitegen.parse.html_tokens import Token, escape_attribute, escape_text, read_attributes

_TAG = re.compile(
    r"""(?<!\\)(?:
      \{\{<(?:(?!\{\{|>\}\}|\n[ \t\r]*\n).)+>\}\}
     |\{\{%(?:(?!\{\{|%\}\}|\n[ \t\r]*\n).)+%\}\}
     |\{\{(?![<%{])(?:(?!\{\{|\}\}|\n[ \t\r]*\n).)+\}\}
     |\{%(?:(?!\{%|%\}|\n[ \t\r]*\n).)+%\}
    )""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"[\w.][\w./-]*")
_DIGITS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9"
_OPEN, _CLOSE = "\ufdda", "\ufddb"
_LITERAL_LINK = re.compile(rf"!?\[([^\[\]]*+)\]\(\s*+{_OPEN}[^()\n]*+\)")
PLACEHOLDER = re.compile(f"{_OPEN}([{_DIGITS}]+){_CLOSE}")
_LEFTOVER = re.compile(f"[{_OPEN}{_CLOSE}{_DIGITS}]")
_TO_DIGITS = str.maketrans(_DIGITS, "0123456789")
_FROM_DIGITS = str.maketrans("0123456789", _DIGITS)
_ADDRESSES = frozenset({"href", "src", "poster", "srcset", "action", "data"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTag:
    """A template tag in a body."""

    kind: str
    """Its delimiters and name, without arguments: `{{< ref >}}`. An end tag is of the kind of its start tag."""
    span: Span
    """Where it stands in the file."""


def find_template_tags(body: str, line: int) -> tuple[TemplateTag, ...]:
    """Return the template tags in `body` outside code, in order; `body` begins at `line` of its file."""
    found: list[TemplateTag] = []
    position, number, line_start = 0, line, 0
    for match in _match_tags(body):
        number += body.count("\n", position, match.start())
        line_start = max(line_start, body.rfind("\n", position, match.start()) + 1)
        position = match.start()
        length = len(match[0].split("\n", 1)[0].rstrip("\r"))
        span = Span(line=number, column=position - line_start + 1, length=length)
        found.append(TemplateTag(kind=_name_kind(match[0]), span=span))
    return tuple(found)


def protect_template_tags(body: str) -> tuple[str, list[str]]:
    """Return `body` with placeholders for its template tags outside code, and the tags as written, by number."""
    pieces: list[str] = []
    tags: list[str] = []
    position = 0
    for match in _match_tags(body):
        pieces += (body[position : match.start()], make_placeholder(len(tags)))
        tags.append(match[0])
        position = match.end()
    return "".join((*pieces, body[position:])), tags


def make_placeholder(number: int) -> str:
    """Return what stands for the tag with that number."""
    return f"{_OPEN}{str(number).translate(_FROM_DIGITS)}{_CLOSE}"


def restore_text(text: str, tags: Sequence[str]) -> str:
    """Return plain text with the tags in place of their placeholders."""
    if text.isascii():
        return text

    def restore(match: re.Match[str]) -> str:
        number = int(match[1].translate(_TO_DIGITS))
        tag = tags[number] if number < len(tags) else ""
        return restore_text(tag, tags[:number]) if _OPEN in tag else tag

    # python-Markdown can lose a character of a link that is not closed, and with it a placeholder.
    return _LEFTOVER.sub("", PLACEHOLDER.sub(restore, text))


def restore_tokens(tokens: list[Token], tags: Sequence[str]) -> list[Token]:
    """Return HTML with the tags in place of their placeholders, escaped for where they stand.

    An address that holds a tag leads nowhere: the attribute is dropped, and an image is shown as its source text.
    """
    if not tags:
        return tokens
    return [_restore_token(token, tags) if _LEFTOVER.search(token.text) else token for token in tokens]


def remove_template_tags(text: str) -> str:
    """Return plain text without template tags; of a link that leads to one the words are left."""
    if "{" not in text:
        return text
    return _LITERAL_LINK.sub(r"\1", _TAG.sub(_OPEN, text)).replace(_OPEN, " ")


def holds_template_tag(text: str) -> bool:
    """Tell whether a template tag stands in `text`."""
    return bool(_TAG.search(text))


def _match_tags(body: str) -> Iterable[re.Match[str]]:
    """Yield the tags that do not begin inside code."""
    if "{" not in body or ("{{" not in body and "{%" not in body):
        # The first question takes a hundredth of the others.
        return
    regions = find_code(body)
    position, index = 0, 0
    while match := _TAG.search(body, position):
        while index < len(regions) and regions[index][1] <= match.start():
            index += 1
        if index < len(regions) and regions[index][0] <= match.start():
            position = regions[index][1]
            continue
        yield match
        position = match.end()


def _name_kind(tag: str) -> str:
    opening = tag[:3] if tag[:3] in {"{{<", "{{%"} else tag[:2]
    closing = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}"}[opening]
    name = _NAME.search(tag[len(opening) : -len(closing)])
    return f"{opening} {name[0] if name else '…'} {closing}"


def _restore_token(token: Token, tags: Sequence[str]) -> Token:
    if token.kind == "open":
        return _restore_tag(token, tags)
    escape: Callable[[str], str] = escape_text
    if token.kind == "comment":
        escape = _keep_inside_comment
    elif token.name in {"script", "style"}:
        escape = _keep_inside_script
    return token._replace(text=_restore_markup(token.text, tags, escape))


def _restore_tag(token: Token, tags: Sequence[str]) -> Token:
    text = token.text
    for attribute in reversed(read_attributes(text)):
        if attribute.name in _ADDRESSES and _OPEN in text[attribute.start : attribute.end]:
            if token.name == "img":
                return Token("text", escape_text(restore_text(token.text, tags)))
            text = text[: attribute.start].rstrip() + text[attribute.end :]
    return token._replace(text=_restore_markup(text, tags, escape_attribute))


def _restore_markup(text: str, tags: Sequence[str], escape: Callable[[str], str]) -> str:
    return _LEFTOVER.sub("", PLACEHOLDER.sub(lambda match: escape(restore_text(match[0], tags)), text))


def _keep_inside_comment(tag: str) -> str:
    return tag.replace("-->", "--&gt;")


def _keep_inside_script(tag: str) -> str:
    return tag.replace("</", "<\\/")
