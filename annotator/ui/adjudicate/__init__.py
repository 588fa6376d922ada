"""The place Adjudicate: where annotators differ, one key a decision."""
