# ruff: noqa: RUF001 — typographic quotes are looked for in addresses
"""Tables and addresses of pulldown-cmark's HTML, made like those of python-Markdown, and quotes of its source."""

import re
from urllib.parse import unquote

from sitegen.parse.html_tokens import TABLE_SCROLL, Attribute, Token, escape_attribute, read_attributes
from sitegen.parse.punctuation import punctuate_source
from sitegen.parse.template_tags import PLACEHOLDER, make_placeholder

_CELL = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
_PERCENT = re.compile("%(?=[0-9A-Fa-f]{2})")
_PERCENT_IN_TAG = re.compile('="[^"]*%')
_HIDDEN = "\ufdde"
_ENCODED = "%EF%B7"
_NONCHARACTERS = re.compile("%EF%B7%[9A][0-9A-F]")
"""Those that stand for template tags and the like, as pulldown-cmark writes them in addresses."""
_ADDRESSES = {"a": "href", "img": "src"}
_NO_PROSE = ("`", "<", "{", "~", "\\", "\t", "![", "]:", "...", "    ")
"""What begins code, HTML, attributes, definitions or images, and what may become an ellipsis."""
_PUNCTUATION = re.compile("&(?:#|quot|QUOT|apos|period)")
"""What begins a character reference that may stand for a mark to be made typographic."""
_DASH = re.compile(r"--(?:(?<=\w--)|(?<=\w --))")
"""Hyphens behind a word: most of those that become a dash are told from rules and tables by that."""
_CHANGED_ADDRESS = re.compile(r"\]\([^()‘’‚“”„«»‹›]*+[^)]")
"""An address that holds typographic quotes, or one that is not easily told from the text behind it."""
_SLASHED = frozenset({"br", "hr", "img"})


def dress_tables(tokens: list[Token]) -> list[Token]:
    """Return HTML whose tables scroll by themselves and align cells by class: the policy allows no styles.

    Tables that the author wrote as HTML stay as they are. Those of Markdown begin with three tags in a row.
    """
    if not any(token[2] == "table" for token in tokens):
        return tokens
    dressed: list[Token] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.name == "table" and token.kind == "open" and (depth or _begins_table(tokens, index)):
            depth += 1
            if depth == 1:
                dressed += (Token("open", TABLE_SCROLL, "div"), Token("text", "\n"))
            dressed.append(token)
        elif token.name == "table" and token.kind == "close" and depth:
            depth -= 1
            dressed.append(token)
            if not depth:
                dressed += (Token("text", "\n"), Token("close", "</div>", "div"))
        elif depth == 1 and (cell := _CELL.fullmatch(token.text)):
            dressed.append(token._replace(text=f'<{cell[1]} class="align-{cell[2]}">'))
        else:
            dressed.append(token)
    return dressed


def punctuate_prose(source: str, language: str) -> str | None:
    """Return Markdown with typographic punctuation if it is nothing but prose whose quotes are easily told, else None.

    No quote stands then where it is part of an attribute, and CommonMark reads typographic quotes as it reads others.
    Whether hyphens are markup or become a dash can be told for certain from its HTML only.
    """
    if any(mark in source for mark in _NO_PROSE) or ("&" in source and _PUNCTUATION.search(source)):
        return None
    done = punctuate_source(source, language)
    if done is None or ("--" in done and _DASH.search(done)) or _CHANGED_ADDRESS.search(done):
        return None
    return done


def is_prose(html: str) -> bool:
    """Tell whether the HTML of what `punctuate_prose` gave is as python-Markdown writes it, but for tables and slashes.

    It is not where a hyphen may become a dash, and where characters in percent stand in an address.
    """
    return "--" not in html and ("%" not in html or not _PERCENT_IN_TAG.search(html)) and _HIDDEN not in html


def dress_prose(html: str) -> str:
    """Return what `is_prose` without slashes in void tags, and with the tables that `dress_tables` makes."""
    if " />" in html:
        html = html.replace(" />", ">")
    if "<table>" in html:
        html = _CELL.sub(r'<\1 class="align-\2">', html)
        html = html.replace("<table>", f"{TABLE_SCROLL}\n<table>").replace("</table>", "</table>\n</div>")
    return html


def hide_percents(source: str) -> str:
    """Return Markdown with a noncharacter for every `%` that may begin a character in percent.

    pulldown-cmark writes characters in percent itself, and what it wrote could not be told from what the author wrote.
    """
    return _PERCENT.sub(_HIDDEN, source) if "%" in source else source


def show_percents(text: str) -> str:
    """Return `text` as it was before `hide_percents`."""
    return text.replace(_HIDDEN, "%")


def adapt_tags(tokens: list[Token]) -> list[Token]:
    """Return HTML with addresses as the author wrote them, without slashes in void tags and `markdown` attributes.

    The attribute asks python-Markdown to read what is in an element, which CommonMark does anyway behind a blank line.
    """
    return [
        _adapt_token(token)
        if (token[0] == "open" and (" " in token[1] or "%" in token[1])) or _HIDDEN in token[1] or _ENCODED in token[1]
        else token
        for token in tokens
    ]


def show_literal_links(tokens: list[Token], tags: list[str]) -> list[Token]:
    """Return HTML that shows links and images whose addresses hold a template tag as they were written.

    `tags` grows by their targets, so that nothing changes these any more.
    """
    if not tags:
        return tokens
    shown: list[Token] = []
    target = ""
    for token in tokens:
        found = _read_target(token) if token.kind == "open" else ""
        if found and token.name == "img":
            shown.append(Token("text", _keep(f"![{_find(token, 'alt')}]{found}", tags)))
        elif found:
            target = found
            shown.append(Token("text", "["))
        elif target and token.kind == "close" and token.name == "a":
            shown.append(Token("text", _keep(f"]{target}", tags)))
            target = ""
        else:
            shown.append(token)
    return shown


def _adapt_token(token: Token) -> Token:
    text = token.text
    if token.kind == "open":
        if token.name in _SLASHED and text.endswith(" />"):
            text = text.removesuffix(" />") + ">"
        if " markdown" in text:
            text = _drop_attribute(text, "markdown")
        if "%" in text and token.name in _ADDRESSES:
            text = _restore_address(token._replace(text=text))
    if _ENCODED in text:  # an address that is part of a script stands in no tag
        text = _NONCHARACTERS.sub(lambda match: unquote(match[0]), text)
    if _HIDDEN in text:
        text = show_percents(text)
    return token if text == token.text else token._replace(text=text)


def _begins_table(tokens: list[Token], index: int) -> bool:
    following = tokens[index : index + 4]
    return [token.text for token in following[:3]] == ["<table>", "<thead>", "<tr>"] and following[-1].name == "th"


def _drop_attribute(tag: str, name: str) -> str:
    attribute = _look_up(tag, name)
    return tag[: attribute.start - 1] + tag[attribute.end :] if attribute else tag


def _restore_address(tag: Token) -> str:
    attribute = _find_attribute(tag)
    if attribute is None:
        return tag.text
    written = escape_attribute(unquote(attribute.value))
    return f'{tag.text[: attribute.start]}{attribute.name}="{written}"{tag.text[attribute.end :]}'


def _read_target(tag: Token) -> str:
    """Return the target of a link or image as Markdown where it holds a template tag; else nothing."""
    attribute = _find_attribute(tag)
    if attribute is None or not PLACEHOLDER.search(attribute.value):
        return ""
    title = _find(tag, "title")
    return f'({attribute.value} "{title}")' if title else f"({attribute.value})"


def _find_attribute(tag: Token) -> Attribute | None:
    name = _ADDRESSES.get(tag.name)
    return _look_up(tag.text, name) if name else None


def _find(tag: Token, name: str) -> str:
    attribute = _look_up(tag.text, name)
    return attribute.value if attribute else ""


def _look_up(tag: str, name: str) -> Attribute | None:
    return next((item for item in read_attributes(tag) if item.name == name), None)


def _keep(text: str, tags: list[str]) -> str:
    """Return a placeholder for `text`, so that nothing changes it any more."""
    tags.append(text)
    return make_placeholder(len(tags) - 1)
