"""From an article to a draft of seeds: secret, how prose is read. Needs the extra ``draft``.

Read in the order in which an article goes through. ``intake``: a file becomes plain text, with what is known about
it, and with what is no prose of the article marked as furniture, so that it can be blanked out and offsets stay true.
``parsing``: sentences and their grammar, by spaCy (``nlp``). ``marks``: quotation marks, paired. ``attribution``: who
is said to have said what, as source, cue and content spans. ``people``: mentions become speakers. ``dates``: when it
was said, and how we know. ``selection``: which of it is a statement. ``subjects``: topics, and statements already
known. ``draft`` puts it together (``ids``, ``wording``) and ``render`` writes it as a seed file that waits for
review. ``reviewing`` is the curator's desk, and the way into the seeds; ``yamltext`` adds to lists written by hand.
``verbs`` is what the command line asks for; ``values`` are what the steps hand to one another; ``daynames`` is what
months and weekdays are called.

Offsets count characters of the plain text throughout, end exclusive.
"""
