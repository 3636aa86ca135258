"""Words of a command line, taken as what they mean; said in a sentence where they cannot be."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.translation import gettext as _


def day(said: str) -> date:
    """A day of the form 2023-05-31."""
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise ArgumentTypeError(_("“%(said)s” is not a day of the form YYYY-MM-DD.") % {"said": said}) from error


def up_to_a_hundred(said: str) -> int:
    if said.isdecimal() and 1 <= int(said) <= 100:
        return int(said)
    raise ArgumentTypeError(_("“%(said)s” is not a number from 1 to 100.") % {"said": said})
