"""The labels of others: whether they may be seen, how they are shown, and how people are told apart."""
