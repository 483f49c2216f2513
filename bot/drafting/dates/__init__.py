"""When something was said, as far as the article settles it, and how we know. Read ``dating`` first."""
