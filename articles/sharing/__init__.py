"""What feeds, exports, linked data and sitemaps have in common."""
