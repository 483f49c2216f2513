"""Articles of our own, each with every statement in it, for measuring drafts (see README.md)."""
