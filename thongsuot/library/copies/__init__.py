"""Copies to take along: a whole text or a trail as EPUB, PDF or Akoma Ntoso.

``gathering`` turns an edition or the steps of a trail into a ``Work`` of plain values; ``epub``, ``pdf`` and ``akn``
write it down and know no database; ``ordering`` keeps what was made for the next reader who asks.
"""
