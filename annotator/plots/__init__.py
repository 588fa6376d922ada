"""Plots: values in, figures out, and back as pictures. The only room with matplotlib; loaded at the first plot."""

import logging

# Where it cannot keep its list of faces it would say so on the terminal; it draws all the same.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
