"""Whether a project's folder answers, for whoever must not stand still: before a project is opened, and before each step."""

from annotator.store.pulse import Pulse, ask

__all__ = ["Pulse", "ask"]
