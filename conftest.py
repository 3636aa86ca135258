"""What every test of every room shares."""

from zlib import crc32

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.utils import translation


def pytest_configure(config: pytest.Config) -> None:
    """Compiled catalogues are not kept in the repository: made once, before a worker reads them."""
    if not hasattr(config, "workerinput"):
        call_command("catalogues", verbosity=0)
    database = house.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        # Two checkouts may test on one server at a time: each data folder has databases of its own.
        database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{crc32(bytes(house.DATA)):08x}"


@pytest.fixture(autouse=True)
def quiet_places(settings, tmp_path) -> None:
    """Uploads go to the test's own folder; the cache and the language are its own; hashing is quick."""
    translation.activate(settings.LANGUAGE_CODE)
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
