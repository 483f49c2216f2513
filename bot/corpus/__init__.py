"""The corpus: seed files in, a read-only SQLite file out. Nobody above knows its schema."""
