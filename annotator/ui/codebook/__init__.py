"""The place Codebook: parts at the left, the form of one in the middle, the history at the right."""
