"""What stands in web pages, feeds and web archives."""
