"""Adjudication as functions of values: which labels stand for the same, where they differ, what comes of a decision."""
