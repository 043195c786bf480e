"""Writes the reference pages that are made from the code: `make docs`.

`tests/test_docs.py` fails where a committed page differs from what this gives.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.reference_pages import write_configuration, write_front_matter, write_views

REFERENCE = Path(__file__).resolve().parent / "reference"

PAGES: Mapping[str, Callable[[], str]] = {
    "configuration.md": write_configuration,
    "front-matter.md": write_front_matter,
    "views.md": write_views,
}
"""Generated pages by file name."""


def main() -> None:
    """Write every generated page and say which ones changed."""
    for name, write in PAGES.items():
        path = REFERENCE / name
        text = write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote docs/reference/{name}\n")


if __name__ == "__main__":
    main()
