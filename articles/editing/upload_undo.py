"""The undo of an import, which goes on in the background as the import itself."""

from articles.models import ImportBatch, Upload

from .upload_states import State, is_busy


def undoing_of(batch: ImportBatch) -> Upload | None:
    """Where the import is being taken back at present."""
    found = batch.uploads.filter(state=State.UNDOING)
    return next((upload for upload in found if is_busy(upload)), None)


def upload_to_undo(batch: ImportBatch, user) -> Upload:
    """The upload that was imported last by this import; for others, such as those of the command line, one without a
    file, which does nothing but the undo."""
    if upload := batch.uploads.order_by("-pk").first():
        return upload
    name = f"{batch.pk}: {', '.join(batch.paths)}"[:255]
    return Upload.objects.create(name=name, batch=batch, options={"what": batch.kind}, asked_by=user)
