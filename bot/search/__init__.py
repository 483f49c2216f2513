"""Finding: how words are folded, what they may mean, where that leads. Nobody above knows the index.

A question takes this way: ``normalise`` folds its words; the ``dictionary`` knows what they may stand for, the
``index`` what that is part of; ``phrases`` or, where that is too simple, ``senses`` and ``reading`` take them for names
and topics; ``find`` makes an answer of that. ``indexer`` writes the index when a generation is built.
``docs/finding.md`` follows one question through all of it.
"""
