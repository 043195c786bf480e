import pytest

from sitegen.model.config import MarkdownConfig
from sitegen.parse.highlighting import highlight_code
from sitegen.parse.markdown import build_engine

ENGINE = build_engine(MarkdownConfig())


@pytest.mark.parametrize("language", ["python", "html", "toml", "klingon", "c++", ""])
def test_code_is_coloured_as_by_python_markdown(language: str) -> None:
    code = '\nx = "<a&b>"  # y\n\n[z]\n'
    assert highlight_code(code, language or None).strip() == ENGINE.convert(f"```{language}\n{code}```\n", "en").html


def test_a_language_cannot_leave_its_attribute() -> None:
    assert 'class="language-&quot;&gt;&lt;b&gt;"' in highlight_code("x", '"><b>')
