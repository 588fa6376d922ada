"""Paper in: files that researchers have -> articles or problems. No SQL, no Qt."""
