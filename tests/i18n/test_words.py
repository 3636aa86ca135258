"""What asks to be translated is found in whichever way it is said."""

from tests.i18n.test_catalogues import bare_words, places
from tests.i18n.words import Sentence, sentences_of

PYTHON = """
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy as lazy, gettext_noop, ngettext, pgettext_lazy
_("plain") ; lazy("two " "parts") ; gettext_noop("later") ; translation.gettext("by module")
ngettext("%(n)s one", "%(n)s many", 2) ; pgettext_lazy("verb", "close")
other("no") ; _(variable)
"""
TEMPLATE = """
{% translate "a tag" %} {% trans 'old' as name %} {% translate "close" context "door" %} {{ x|default:_("fallback") }}
{% include "part.html" with label=_("given") %}
{% blocktranslate trimmed with who=person.name %}
  By {{ who }}:
  100%
{% endblocktranslate %}
{% blocktranslate count n=rows context "list" %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
{% comment %}{% translate "never" %}{% endcomment %}
"""


def test_each_way_to_say_something_is_found(tmp_path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "said.py").write_text(PYTHON)
    (tmp_path / "room" / "page.html").write_text(TEMPLATE)
    assert set(sentences_of(tmp_path / "room")) == {
        Sentence("plain"), Sentence("two parts"), Sentence("later"), Sentence("by module"),
        Sentence("%(n)s one", "%(n)s many"), Sentence("close", context="verb"),
        Sentence("a tag"), Sentence("old"), Sentence("close", context="door"), Sentence("fallback"), Sentence("given"),
        Sentence("By %(who)s: 100%%"), Sentence("%(n)s row", "%(n)s rows", "list"),
    }  # fmt: skip


def test_words_outside_every_tag_that_translates_are_found() -> None:
    page = """{% block page_class %}narrow{% endblock %}<p title="{% translate 'Told' %}" class="soft">Bare
    <a href="{{ url }}" aria-label="Spoken">{% translate "Fine" %}</a> <b lang="en">Read in English</b></p>
    {% blocktranslate %}Also fine{% endblocktranslate %}"""
    assert bare_words(page) == {"Bare", "Spoken"}


def test_places_are_compared_by_what_fills_them() -> None:
    assert places("%(a)s of %(b)s, 5%%") == places("5%% %(b)s – %(a)s") != places("%(a)s of %(c)s")
