"""What search engines are told: which pages there are, which ones are new, which ones are not for them, and how to
search here."""
