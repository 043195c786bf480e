"""The sample site of the repository, built once."""

from pathlib import Path

import pytest

from sitegen.app.site import load_site
from tests.site.sample_site import copy_sample
from tests.sites import build


@pytest.fixture(scope="session")
def sample(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample site with its output in `output/`."""
    root = tmp_path_factory.mktemp("sample")
    copy_sample(repository, root)
    report = build(root)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    return root


@pytest.fixture(scope="session")
def sample_output(sample: Path) -> Path:
    """The output of the sample site."""
    return sample / "output"


@pytest.fixture(scope="session")
def sample_base_url(sample: Path) -> str:
    """Where the sample site will stand."""
    return load_site(sample, None).config.base_url
