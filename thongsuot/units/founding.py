"""The first thing in an empty installation: a tree, and the kinds of unit that stand in it."""

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.units.models import Hierarchy, UnitKind
from thongsuot.web.errors import Refused

RULES = Path(__file__).parent / "rules"
FIELDS = {"slug", "name", "name_en", "rank", "has_members", "issuer_code", "sector"}


@transaction.atomic
def found_tree(
    slug: str, *, name: str, name_en: str = "", labels: str = "party", papers: str = "party", kinds: Path | None = None
) -> Hierarchy:
    """A tree without units. Kinds that stand already are left as they are.

    Raises Refused where the tree stands already or the file of kinds cannot be used.
    """
    if Hierarchy.objects.filter(slug=slug).exists():
        raise Refused(_("The tree “%(slug)s” stands already.") % {"slug": slug})
    source = kinds or RULES / f"kinds-{labels}.toml"
    try:
        found = tomllib.loads(source.read_text(encoding="utf-8"))["kind"]
        for kind in found:
            if not {"slug", "name", "rank", "issuer_code"} <= kind.keys() <= FIELDS:
                raise KeyError(kind.get("slug", "?"))
            UnitKind.objects.get_or_create(slug=kind["slug"], defaults=kind)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            _("The kinds of unit cannot be read from %(file)s (%(why)s).") % {"file": source, "why": error}
        ) from error
    return Hierarchy.objects.create(slug=slug, name=name, name_en=name_en, label_set=labels, paper_system=papers)
