"""Names for the strings that pass between layers, so that the type checker tells them apart."""

from typing import NewType

ArticleId = NewType("ArticleId", str)
"""POSIX path of a document below `content/`, with its suffix: `world/2023-07-08-nato-office.md`."""

Url = NewType("Url", str)
"""An address on this site: starts with `/`, has no query; folders end with `/`. Only `%`, `#` and `?` are
percent-encoded in it, since they would mean something else; filters encode the rest. Or, where a field says so, an
absolute address."""

OutPath = NewType("OutPath", str)
"""POSIX path of a file below the output folder: `world/2023/07/nato-office/index.html`."""

Slug = NewType("Slug", str)
"""One address segment: lower case, letters, marks and digits of any script, joined by `-`."""

Html = NewType("Html", str)
"""A fragment of HTML that is safe to put into a page as it is."""

Digest = NewType("Digest", str)
"""A hexadecimal digest of a value; equal digests mean equal values."""

NO_DIGEST = Digest("")
"""Stands where a digest would, of something that is not there."""
