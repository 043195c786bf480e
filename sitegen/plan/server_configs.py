"""Redirects in the languages of nginx and of Caddy, to be included in a server's own configuration."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SMALLEST_BUCKET = 128
_SMALLEST_TABLE = 2048

_ABOUT_NGINX = """\
# Addresses that moved ($sitegen_target), and addresses that are gone ($sitegen_gone).
# In http { }:    include /var/www/news/redirects.nginx.conf;
# In server { }:  if ($sitegen_gone) { return 410; }
#                 if ($sitegen_target) { return 301 $sitegen_target; }
#                 error_page 410 @gone;
#                 location @gone { try_files $sitegen_gone =410; }
"""

_ABOUT_CADDY = """\
# Addresses that moved, and addresses that are gone. In the block of the site:
#     import /var/www/news/redirects.caddy
#     handle_errors {{
#         @gone expression {{http.error.status_code}} == 410
#         rewrite @gone {{sitegen_gone}}
#         @lost expression {{http.error.status_code}} == 404
#         rewrite @lost {not_found}
#         file_server
#     }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRule:
    """A rule as servers see it, the path of the site on its host included."""

    path: str
    """The old path, decoded."""
    query: str
    """The query that a request must have, as browsers send it; empty: whatever it has."""
    target: str
    """Where it leads, percent-encoded; empty: it is gone."""
    page: str
    """The file that says that it is gone, decoded."""

    @property
    def key(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


def write_nginx(rules: Sequence[PlacedRule], not_found: str) -> str:
    """Return maps for nginx (https://nginx.org/en/docs/http/ngx_http_map_module.html).

    nginx compares without regard to case, and refuses a map that holds an input twice: the first of such rules counts.
    `not_found` is the page for addresses that do not exist.
    """
    distinct = list({rule.key.lower(): rule for rule in reversed(rules)}.values())[::-1]
    moved = [(rule, rule.target.replace("$", "%24")) for rule in distinct if rule.target]
    # A `$` in a value would name a variable, and nothing escapes it.
    gone = [(rule, not_found if "$" in rule.page else rule.page) for rule in distinct if not rule.target]
    longest = max((len(rule.key.encode()) for rule in distinct), default=0)
    sizes = (
        f"map_hash_bucket_size {_round_up(longest + 64, _SMALLEST_BUCKET)};\n"
        f"map_hash_max_size {_round_up(len(distinct) * 2, _SMALLEST_TABLE)};\n"
    )
    parts = [
        _ABOUT_NGINX,
        sizes,
        _write_map("$uri", "$sitegen_moved", '""', (pair for pair in moved if not pair[0].query)),
        _write_map("$uri?$args", "$sitegen_target", "$sitegen_moved", (pair for pair in moved if pair[0].query)),
        _write_map("$uri", "$sitegen_vanished", '""', (pair for pair in gone if not pair[0].query)),
        _write_map("$uri?$args", "$sitegen_gone", "$sitegen_vanished", (pair for pair in gone if pair[0].query)),
    ]
    return "\n".join(parts)


def _write_map(source: str, name: str, default: str, pairs: Iterable[tuple[PlacedRule, str]]) -> str:
    lines = "".join(f"    {_quote_nginx(rule.key)} {_quote_nginx(value)};\n" for rule, value in pairs)
    return f'map "{source}" {name} {{\n    default {default};\n{lines}}}\n'


def _quote_nginx(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _round_up(number: int, smallest: int) -> int:
    """Return the smallest power of two that is less than neither; `smallest` is one."""
    return max(smallest, 1 << (number - 1).bit_length())


def write_caddy(rules: Sequence[PlacedRule], not_found: str) -> str:
    """Return directives for Caddy (https://caddyserver.com/docs/caddyfile/directives/map).

    `not_found` is the page for addresses that do not exist.
    """
    moved = [(rule, rule.target) for rule in rules if rule.target]
    gone = [(rule, rule.page) for rule in rules if not rule.target]
    return "\n".join(
        (
            _ABOUT_CADDY.format(not_found=not_found),
            _write_caddy_map("sitegen_asked", _ASKED, "", (pair for pair in moved if pair[0].query)),
            _write_caddy_map("sitegen_moved", _ASKED_PATH, "", (pair for pair in moved if not pair[0].query)),
            _write_caddy_map("sitegen_missed", _ASKED, "", (pair for pair in gone if pair[0].query)),
            _write_caddy_map("sitegen_gone", _ASKED_PATH, not_found, (pair for pair in gone if not pair[0].query)),
            _CADDY_ACTIONS.format(not_found=not_found),
        )
    )


_ASKED_PATH = "{http.request.orig_uri.path}"
_ASKED = f"{_ASKED_PATH}?{{http.request.orig_uri.query}}"
_CADDY_ACTIONS = """\
@sitegen_missed expression {{sitegen_missed}} != ""
error @sitegen_missed 410
@sitegen_gone expression {{sitegen_gone}} != "{not_found}"
error @sitegen_gone 410
@sitegen_asked expression {{sitegen_asked}} != ""
redir @sitegen_asked {{sitegen_asked}} 301
@sitegen_moved expression {{sitegen_moved}} != ""
redir @sitegen_moved {{sitegen_moved}} 301
"""


def _write_caddy_map(name: str, source: str, default: str, pairs: Iterable[tuple[PlacedRule, str]]) -> str:
    lines = "".join(f'\t{_quote_caddy(rule.key)} "{_encode_signs(value)}"\n' for rule, value in pairs)
    return f'map "{source}" {{{name}}} {{\n{lines}\tdefault "{default}"\n}}\n'


def _quote_caddy(text: str) -> str:
    """Return an input of a map; what Caddy reads as more than text is written as a pattern (RE2)."""
    if not re.search(r'[{}"\\`]', text):
        return f'"{text}"'
    pattern = "".join(f"\\x{ord(sign):02X}" if sign in '{}"\\`' else re.escape(sign) for sign in text)
    return f'"~^{pattern}$"'


def _encode_signs(text: str) -> str:
    """Return a value of a map without what Caddy reads as more than text."""
    for sign in '{}"\\`':
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
