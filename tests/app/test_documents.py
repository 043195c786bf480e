"""What is made of one document."""

import pytest

from sitegen.app.documents import DocumentReader
from sitegen.app.parsing import Task
from sitegen.errors import ContentError
from sitegen.model.article import Article, Body
from sitegen.model.codec import decode
from sitegen.model.config import Config
from sitegen.model.names import Digest
from tests.sites import write_article

READER = DocumentReader(Config())


def name_task(path: str) -> Task:
    return Task(kind="article", path=path, digest=Digest("x"))


def test_an_article_and_its_body() -> None:
    text = write_article("A", body="Some *words*.")
    value, ((digest, part),) = READER.read(name_task("content/world/a.md"), text.encode(), None)
    article = decode(value, Article)
    assert (article.id, article.metadata.title) == ("world/a.md", "A")
    assert digest == article.body_digest
    assert "".join(decode(part, Body).parts) == "<p>Some <em>words</em>.</p>"


def test_an_index_that_has_no_folder_of_its_own_is_refused() -> None:
    with pytest.raises(ContentError) as caught:
        READER.read(name_task("content/world/index.md"), write_article("A").encode(), None)
    assert [problem.code for problem in caught.value.problems] == ["index"]
