"""Finding: how words are folded, what they may mean, where that leads. Nobody above knows the index."""
