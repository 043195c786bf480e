"""What may tell who a reader is, in places where it has no business: e-mail and IP addresses, hashes of e-mails."""

import re
from ipaddress import ip_address

from sitegen.parse.addresses import is_mail_address

_MAIL = re.compile(r"[<(\[]?\s*(?:mailto:)?[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,190}\.[^\W\d_]{2,24}\s*[>)\]]?")
_AVATAR = re.compile(r"\bgravatar\.com/(?:avatar/)?[0-9a-f]{32}", re.IGNORECASE)
_SHORTEST_HASH = 32
_HASH = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?", re.IGNORECASE)
_HASH_IN = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?:[0-9a-f]{32})?(?![0-9a-f])", re.IGNORECASE)


def describe_personal(name: str) -> str | None:
    """Return what a displayed name holds that it must not: None for nothing."""
    if "@" in name and is_mail_address(name):
        return "is an e-mail address"
    if holds_mail(name):
        return "holds an e-mail address"
    if _is_ip_address(name):
        return "is an IP address"
    return "is a hash, as of an e-mail address" if len(name) >= _SHORTEST_HASH and _HASH.fullmatch(name) else None


def strip_personal(name: str) -> str | None:
    """Return a displayed name without what it must not hold; None where nothing is left."""
    if describe_personal(name) is None:
        return name
    left = " ".join(_MAIL.sub(" ", name).split())
    return left if left and describe_personal(left) is None else None


def holds_mail(text: str) -> bool:
    """Whether `text` has an e-mail address somewhere."""
    return "@" in text and _MAIL.search(text) is not None


def strip_mail(text: str) -> str:
    """Return `text` without e-mail addresses."""
    return " ".join(_MAIL.sub(" ", text).split()) if holds_mail(text) else text


def holds_hash(path: str) -> bool:
    """Whether the path of a picture has a hash in it, as pictures of people have that are named after their e-mail."""
    return _HASH_IN.search(path) is not None


def holds_avatar(text: str) -> bool:
    """Whether `text` has an address of Gravatar, which holds a hash of an e-mail address."""
    return "/" in text and "ravatar.com/" in text.lower() and _AVATAR.search(text) is not None


def _is_ip_address(name: str) -> bool:
    if "." not in name and ":" not in name:
        return False
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
