"""Labels out to other programs, and in from them. Built when it is first wanted."""
