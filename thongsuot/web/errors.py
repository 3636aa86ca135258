"""What a person is told when something cannot be done."""


class Refused(Exception):
    """Carries one translated sentence for the person: what is wrong and what to do."""
