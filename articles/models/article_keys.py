"""What tells articles apart in exports, so that one that is imported again is found, here or in another archive."""

import datetime
import hashlib


def key_to_export(import_key: str | None, slug: str, created_at: datetime.datetime) -> str:
    """The key by which imports find an article. One that no import made has none, and gets one of what never changes
    about it: the moment when it was made, and its slug, as fixtures are all made in one moment."""
    if import_key:
        return import_key
    moment = created_at.astimezone(datetime.UTC).isoformat()
    return f"made:{hashlib.blake2b(f'{slug} {moment}'.encode(), digest_size=16).hexdigest()}"
