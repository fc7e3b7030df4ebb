"""Writing records to the database, safe to repeat; and taking back what was written."""
