"""Static files under names that change with what they hold, also where one script of ours calls another."""

from collections.abc import Callable
from re import Match
from typing import Any

from django.apps import apps
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def url_converter(self, name: str, hashed_files: Any, template: str | None = None) -> Callable[[Match[str]], str]:
        """Scripts of libraries stay as they came: what looks like a call of another may be a comment in them."""
        if name.endswith(".js") and not apps.is_installed(f"thongsuot.{name.partition('/')[0]}"):
            return lambda match: match[0]
        return super().url_converter(name, hashed_files, template)
