"""The corpus: seed files in, a read-only SQLite file out. Nobody above knows its schema.

``folder`` says which files there are, ``yamltree`` and ``jsonlines`` read them, ``schema`` knows their shape. ``seeds``
holds all of it against each other; what may be large is ``bulk``, checked by ``sight`` and ``bulkcheck`` with the help
of a ``crew``. ``rows`` and ``build`` write the file, ``store`` asks it. ``verbatim`` holds quotations against articles.
"""
