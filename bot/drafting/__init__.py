"""From an article to a draft of seeds: secret, how prose is read. Needs the extra ``draft``.

Read in the order in which an article goes through: ``manuscript`` (a file becomes plain text with what is known about
it), ``furniture`` (what is not the article's prose is blanked out, so that offsets stay true), ``parsing`` (sentences
and their grammar, by spaCy), ``attribution`` (who is said to have said what: source, cue and content spans),
``speakers`` (mentions become people), ``dating`` (when it was said, and how we know), ``subjects`` (topics, and
statements already known), ``draft`` (all of it as a seed file that waits for review). ``review`` is the curator's desk.

Offsets count characters of the plain text throughout, end exclusive.
"""
