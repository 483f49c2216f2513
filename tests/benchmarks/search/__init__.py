"""How well and how fast a question finds who and what it means, beside what one would build without us."""
