"""Label claims, denials and attributions in news text."""

__version__ = "0.1.0"
