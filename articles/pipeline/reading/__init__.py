"""Opening what the commands were given: files, folders, archives, standard input, in whatever encoding."""

from .files import FileTooLarge, InputFile, LineTooLong, open_files

__all__ = ["FileTooLarge", "InputFile", "LineTooLong", "open_files"]
