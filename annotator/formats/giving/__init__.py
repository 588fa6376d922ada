"""What every writer stands on: records made to fit, files written whole or not at all, and the comparison after."""
