"""The only place that knows which database is underneath: SQLite or PostgreSQL."""
