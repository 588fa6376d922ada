"""Plots: values in, figures out, and back as pictures. The only room with matplotlib; loaded at the first plot."""
