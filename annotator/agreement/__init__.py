"""Arithmetic of agreement: values in, scores out. numpy and the nouns; no project, no file, no window."""
