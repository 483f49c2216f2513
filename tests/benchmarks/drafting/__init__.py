"""How well, and how fast, articles become drafts."""
