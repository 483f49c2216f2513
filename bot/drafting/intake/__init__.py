"""A file becomes an article: plain text, what is known about it, and which parts of it are no prose.

Read ``manuscript`` first: ``files`` says what a file is, ``page`` reads web pages, ``imprint`` and ``metadata`` what an
article says of itself; ``furniture`` finds what is no prose.
"""
