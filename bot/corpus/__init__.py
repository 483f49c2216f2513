"""The corpus: seed files in, a read-only SQLite file out. Nobody above knows its schema.

``folder`` says which files there are, ``yamltree`` and ``jsonlines`` read them. ``schema`` knows their shape,
``fields`` what each key may hold, ``quotation`` what a wording may claim; ``faults`` and ``references`` have the
sentences for what is wrong. ``seeds`` holds all of it against each other; what may be large is ``bulk``, checked by
``sight`` and ``bulkcheck`` with the help of a ``crew``, nearly all of it fast, since it is ``plain``. ``rows`` and
``build`` write the file. ``store`` asks it: ``corpusfile`` opens it, the ``catalogue`` is of speakers, topics and
offices, ``selections`` and ``records`` are the SQL and what it finds. ``comparison`` holds one file against another:
the ``changes``. ``verbatim`` holds quotations against articles.
"""
