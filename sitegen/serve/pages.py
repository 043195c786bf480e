"""Pages of the preview's own, for what no page of the site can say."""

from collections.abc import Sequence
from html import escape

from sitegen.serve.reload import Notice, inject_script

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:.25rem solid #b3261e;padding:.25rem 1rem}"
)


def write_problem_page(notices: Sequence[Notice], generation: int) -> bytes:
    """Return what is shown while there is no build to show: the problems, and a script that waits for better news."""
    items = "".join(f"<li><pre>{escape(notice.text)}</pre></li>" for notice in notices)
    lead = "Mend this and save: the page reloads by itself." if notices else "It is being built: the page reloads then."
    content = f"<p>{lead}</p><ol>{items}</ol>"
    return _write_page("The site cannot be shown yet", content, generation, attribute=" data-problems")


def write_not_found_page(generation: int) -> bytes:
    """Return what is shown for an address without a page, on a site without a `404.html`."""
    return _write_page("Not found", "<p>There is no page at this address.</p>", generation)


def _write_page(title: str, content: str, generation: int, attribute: str = "") -> bytes:
    page = (
        f'<!doctype html><html lang="en"{attribute}><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1>{content}</body></html>"
    )
    return inject_script(page.encode(), generation)
