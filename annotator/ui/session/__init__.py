"""What every widget of a window knows: what is shown, the verbs, what is remembered, and work that takes long."""
