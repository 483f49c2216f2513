"""Finding: how words are folded, what they may mean, where that leads. Nobody above knows the index.

A question takes this way: ``normalise`` folds its words, ``reading`` takes them for words of the ``index`` and those
for names and topics, ``find`` makes an answer of that. ``indexer`` writes the index when a generation is built.
"""
