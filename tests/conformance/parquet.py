"""Check 7: Parquet holds the values and types of the JSON lines for pandas, polars, DuckDB and pyarrow by default."""

import datetime
import json
import math

from written import fail, main, names, same, types

ARROW = {'string': 'string', 'integer': 'int64', 'number': 'double', 'date': 'date32[day]', 'boolean': 'bool'}


def plain(value):
    """A value of any reader as JSON has it."""
    if value is None or type(value).__name__ in ('NaTType', 'NAType') or isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, 'item') else value


def check(work):
    import duckdb
    import pandas
    import polars
    from pyarrow import parquet

    rows = 0
    for folder in (work / 'spreadsheet', work / 'empty'):
        kinds = types(folder)
        for name in names(folder):
            path = folder / f'{name}.parquet'
            lines = (folder / f'{name}.jsonl').read_text(encoding='utf-8').split('\n')[:-1]
            truth = [list(json.loads(line).values()) for line in lines]
            rows += len(truth)
            for field in parquet.read_schema(path):
                if str(field.type) != ARROW[kinds[name, field.name]]:
                    fail(f'{path}: {field.name} is {field.type}')
            frames = {
                'pyarrow': zip(*parquet.read_table(path).to_pydict().values()),
                'polars': polars.read_parquet(path).rows(),
                'DuckDB': duckdb.execute('select * from read_parquet(?)', [str(path)]).fetchall(),
                'pandas': pandas.read_parquet(path).itertuples(index=False),
            }
            for reader, found in frames.items():
                same(reader, path, truth, [[plain(value) for value in row] for row in found])
    return f'Parquet: {rows} rows have the values and types of the JSON lines in pandas, polars, DuckDB and pyarrow'


main(check)
