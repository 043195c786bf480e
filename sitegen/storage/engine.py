"""The digest of sitegen itself: when the program changes, nothing that it remembers is trusted."""

import hashlib
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from sitegen.model.names import Digest

_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pillow", "pydantic", "pygments", "pyyaml")


@cache
def digest_engine(extensions: Sequence[str]) -> Digest:
    """Return the digest of sitegen's sources, Python, the libraries that shape pages, and Markdown `extensions`."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(sys.version.encode())
    for name in (*_LIBRARIES, *_distributions(extensions)):
        digest.update(f"{name}={_version(name)};".encode())
    return Digest(digest.hexdigest())


def _distributions(extensions: Sequence[str]) -> tuple[str, ...]:
    """Return the distributions that the modules of `extensions` come from."""
    if not extensions:
        return ()
    known = packages_distributions()
    tops = {name.split(".", 1)[0] for name in extensions}
    return tuple(sorted({distribution for top in tops for distribution in known.get(top, ())}))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
