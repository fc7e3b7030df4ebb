"""From the markup of others, HTML and XML that nobody vouches for, to the archive's Markdown."""
