"""What every test of every room shares."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Compiled catalogues are not kept in the repository: make them once."""
    call_command("catalogues", verbosity=0)


@pytest.fixture(autouse=True)
def quiet_places(settings, tmp_path) -> None:
    """Uploads go to the test's own folder; the cache is its own; hashing is quick."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
