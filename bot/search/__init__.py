"""Finding: how words are folded, what they may mean, and which statements that leads to. Nobody above knows the index."""
