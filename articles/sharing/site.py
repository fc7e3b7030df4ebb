"""The site as others see it."""

SITE_NAME = "Newsroom"
