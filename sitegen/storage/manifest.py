"""`manifest.sha256`: what the output holds, in the form that `sha256sum -c` checks.

One line a file, `<64 hexadecimal digits>  <path>`, sorted by path, as GNU coreutils write it. The file marks the folder
as written by sitegen, and tells orphans from strangers' files even when everything remembered is lost.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.plan.out_paths import MANIFEST, check_out_path
from sitegen.storage.files import explain_failures, read_bytes

_DIGITS = 64
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def read_manifest(output: Path) -> dict[OutPath, str] | None:
    """Return SHA-256 by path; None where there is no manifest, or one that sitegen cannot have written."""
    path = output / MANIFEST
    with explain_failures(path):
        if not path.is_file():
            return None
        data = path.read_bytes()
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None
    entries: dict[OutPath, str] = {}
    if lines.pop() != "":
        return None
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match or check_out_path(match[2]):
            return None
        entries[OutPath(match[2])] = match[1]
    return entries


def recall_manifest(output: Path, digest: Digest) -> dict[OutPath, str] | None:
    """Return SHA-256 by path in the manifest that sitegen is known to have written; None unless it has that `digest`.

    What stands in it was checked when it was written, which takes longer than reading it.
    """
    data = read_bytes(output / MANIFEST)
    if digest_bytes(data) != digest:
        return None
    lines = data.decode("utf-8").split("\n")[:-1]
    return cast("dict[OutPath, str]", {line[_DIGITS + 2 :]: line[:_DIGITS] for line in lines})


def format_manifest(entries: Mapping[OutPath, str]) -> bytes:
    """Return the manifest of files with their SHA-256; it does not list itself."""
    return "".join([f"{entries[path]}  {path}\n" for path in sorted(entries)]).encode("utf-8")
