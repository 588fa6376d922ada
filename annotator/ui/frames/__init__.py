"""Frames and links of the open article: the verbs, what is offered, what is missing, what the text shows of them."""
