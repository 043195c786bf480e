"""Which comments editors have decided about: something of them must stay, or their moderation file is broken."""

from collections.abc import Iterable

from sitegen.app.parsing import decode_text
from sitegen.parse.moderation import parse_moderation
from sitegen.storage.installing import Installation


def list_decided(installation: Installation, moderations: Iterable[str]) -> frozenset[str]:
    """Return the ids of comments that the files `moderations` decide about, of those that are there.

    Raises ContentError where one of them has mistakes.
    """
    ids: set[str] = set()
    for path in moderations:
        data = installation.read(path)
        if data is not None:
            moderation = parse_moderation(decode_text(data, path), path, None)
            ids.update(decision.id for decision in moderation.decisions)
    return frozenset(ids)
