"""Receiving a file: straight to the disk, and no more of it than the archive takes."""

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# What a form has beside its file, at most.
REST_OF_FORM = 1_000_000


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """`problem` says why a file was not kept, as a sentence. The rest of it is received and thrown away: a connection
    that is closed before tells the browser nothing."""

    problem = ""

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None) -> None:
        if content_length > settings.LARGEST_UPLOAD + REST_OF_FORM:
            self.problem = _too_large()

    def new_file(self, *args, **kwargs) -> None:
        """The temporary file does not take part in the name, which may be too long for one."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        if self.problem:
            raise SkipFile
        self.file = TemporaryUploadedFile("file", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            self._give_up(_too_large())
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._give_up(_("The file could not be stored (%(reason)s).") % {"reason": error.strerror})

    def _give_up(self, problem: str) -> None:
        self.problem = problem
        self.file.close()
        raise SkipFile


def _too_large() -> str:
    limit = filesizeformat(settings.LARGEST_UPLOAD)
    advice = _("Split it, compress it, or import it on the server with manage.py import_articles.")
    return _("The file is larger than %(limit)s.") % {"limit": limit} + f" {advice}"
