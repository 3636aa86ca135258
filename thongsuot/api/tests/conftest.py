import pytest


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path) -> None:
    """The search index of a test lies in its own folder."""
    settings.DATA = tmp_path
