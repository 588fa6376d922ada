"""What every reader stands on: documents as files have them, and how they become records."""
