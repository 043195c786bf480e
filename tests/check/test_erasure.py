"""Fingerprints of what was erased: they know it again, and tell nobody what it was."""

import pytest

from sitegen.check.erasure import (
    Register,
    find_remains,
    holds_name,
    is_erased,
    mark_author,
    mark_comment,
    read_register,
    write_register,
)
from sitegen.errors import ContentError
from sitegen.parse.comment_format import AuthorRecord, BodyRecord, CommentRecord

KEY = bytes(range(32))
WORDS = "The ferry was late again, as it is on every single rainy Monday of the year."


def comment(identity: str, text: str = WORDS, name: str | None = "Ada Brook", form: str = "text") -> CommentRecord:
    body = BodyRecord.model_validate({"format": form, "text": text})
    return CommentRecord(id=identity, author=AuthorRecord(name=name), published=None, body=body)


def test_a_comment_is_known_again_by_its_id_or_by_its_words() -> None:
    register = Register(key=KEY, marks=mark_comment(KEY, comment("wp-1")))
    assert is_erased(register, comment("wp-1", "Something else."))
    assert is_erased(register, comment("disqus-9", f"<p>{WORDS.upper()}</p>", name="Somebody", form="html"))
    assert not is_erased(register, comment("wp-2", "The ferry was on time."))


def test_an_author_is_known_again_whatever_the_case() -> None:
    register = Register(key=KEY, marks=frozenset({mark_author(KEY, "Ada  Brook")}))
    assert is_erased(register, comment("wp-7", "New words of theirs.", name="ADA BROOK"))
    assert not is_erased(register, comment("wp-7", "New words.", name="Ada Brooks"))
    assert not is_erased(register, comment("wp-7", "New words.", name=None))


def test_words_that_anybody_may_write_are_nobody_s_own() -> None:
    register = Register(key=KEY, marks=mark_comment(KEY, comment("wp-1", "Thank you!")))
    assert not is_erased(register, comment("wp-2", "Thank you!"))


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.html", f"<p>Before. {WORDS} After.</p>", True),
        ("a.html", "<p>The <em>ferry</em> was late&#32;again, as it is on every single day</p>", True),
        ("a.xml", f"<content>&lt;p&gt;{WORDS}&lt;/p&gt;</content>", True),
        ("a.html", "The ferry was late again, as they say.", False),
        ("a.jpg", WORDS, False),
    ],
)
def test_a_file_with_its_words_is_found(path: str, text: str, *, found: bool) -> None:
    register = Register(key=KEY, marks=mark_comment(KEY, comment("wp-1")))
    assert find_remains(register, path, text.encode()) is found


def test_a_name_is_found_word_for_word() -> None:
    assert holds_name("a.html", b"<p>by <b>Ada</b> Brook</p>", "ada brook")
    assert not holds_name("a.html", b"<p>by Ada Brooks</p>", "ada brook")


def test_the_register_is_read_again_and_tells_nothing() -> None:
    register = Register(key=KEY, marks=mark_comment(KEY, comment("wp-901")) | {mark_author(KEY, "Ada Brook")})
    text = write_register(register)
    assert read_register(text, KEY.hex() + "\n") == register
    assert not any(word in text for word in ("901", "Ada", "ferry"))
    assert mark_author(KEY, "Ada Brook") != mark_author(bytes(32), "Ada Brook")


@pytest.mark.parametrize(("text", "key"), [("id 12", KEY.hex()), ("", "short"), ("<<<<<<< HEAD", KEY.hex())])
def test_a_broken_register_is_refused(text: str, key: str) -> None:
    with pytest.raises(ContentError):
        read_register(text, key)
