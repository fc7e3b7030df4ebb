"""Like `__in`, for tens of thousands of ids: they are one parameter, not one each."""

import json

from django.db.models import Lookup


class Among(Lookup):
    """`filter(Among(F("pk"), ids))`."""

    prepare_rhs = False

    def get_prep_lookup(self) -> list[int]:
        return sorted(self.rhs)

    def as_sqlite(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]

    def as_postgresql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} IN (SELECT unnest(%s::bigint[]))", [*params, self.rhs]
