"""Everything that the history records, to compare before and after."""

from articles.database.history_triggers import IGNORED, recorded_models


def everything() -> dict[str, list[dict]]:
    """The rows of each recorded table, without columns that follow from the clock."""
    ignored = IGNORED - {"id"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in ignored}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in recorded_models()
    }
