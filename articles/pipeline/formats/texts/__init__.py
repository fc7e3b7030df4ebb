"""What stands in plain texts: heads, front matter, wrapped lines, dates."""
