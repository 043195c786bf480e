"""Documents: from the bytes of a file to an article and its body, as they are remembered."""

from sitegen.app.parsing import Parts, Task, decode_text
from sitegen.model.codec import encode
from sitegen.model.config import Config
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.fields import read_draft_flag
from sitegen.parse.front_matter import split_document
from sitegen.parse.markdown import build_engine


class DocumentReader:
    """Reads documents."""

    def __init__(self, config: Config) -> None:
        """Raise ContentError for an engine of Markdown that cannot be had."""
        self._config = config
        self._engine = build_engine(config.markdown)

    def read(self, task: Task, data: bytes, decided: bytes | None) -> tuple[bytes, Parts]:  # noqa: ARG002 -- a Reader
        """Return the encoded `Article`, and digest and bytes of its `Body`; raises ContentError with all problems."""
        text = decode_text(data, task.path)
        result = parse_article(text, locate_document(task.path), self._engine, self._config)
        return encode(result.article), ((result.article.body_digest, result.written),)

    def is_draft(self, task: Task, data: bytes) -> bool:
        """Tell whether a document that has problems calls itself a draft; raises ContentError if nobody can tell."""
        return read_draft_flag(split_document(decode_text(data, task.path), task.path))
