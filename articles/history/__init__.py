"""Who changed what, when and why; and taking it back.

The database writes every change down by triggers. `occasion` says on whose behalf and for what the changes of a
transaction are made; `take_back` undoes all that was done on an occasion, except for what was changed since.
"""

from .recording import belonging_to, long_occasion, occasion
from .undoing import TakenBack, UndoRefused, last_undo, take_back

__all__ = ["TakenBack", "UndoRefused", "belonging_to", "last_undo", "long_occasion", "occasion", "take_back"]
