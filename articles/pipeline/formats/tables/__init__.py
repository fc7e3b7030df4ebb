"""What tables and JSON have in common: fields with names of their own."""
