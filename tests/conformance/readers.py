"""Checks 2 and 3: data tools read every value back with the options of the README, and give numeric columns by default."""

import csv
import io
import sqlite3
import subprocess

from written import fail, load, main, names, parts, same, types


def run(*command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0:
        fail(f'{command}: {done.stderr.decode()[:500]}')
    return list(csv.reader(io.StringIO(done.stdout.decode('utf-8-sig'), newline='')))


def with_pandas(path):
    import pandas

    return pandas.read_csv(path, dtype=str, keep_default_na=False).values.tolist()


def with_polars(path):
    import polars

    # Missing and empty are told apart; the truth here does not.
    frame = polars.read_csv(path, infer_schema=False).fill_null('')
    return [list(row) for row in frame.rows()]


def with_duckdb(path):
    import duckdb

    query = "select * from read_csv(?, all_varchar=true, header=true, delim=',', quote='\"', escape='\"', max_line_size=10000000)"
    return [[cell or '' for cell in row] for row in duckdb.execute(query, [str(path)]).fetchall()]


def with_pyarrow(path):
    import pyarrow
    from pyarrow import csv as arrow

    header, _ = load(path)
    convert = arrow.ConvertOptions(column_types={name: pyarrow.string() for name in header}, strings_can_be_null=False)
    columns = arrow.read_csv(path, convert_options=convert).to_pydict().values()
    return [list(row) for row in zip(*columns)]


def with_miller(path):
    return run('mlr', '--csv', 'cat', str(path))[1:]


def with_csvcut(path):
    return run('csvcut', '-z', '10000000', '--not-columns', 'no such column', str(path))[1:]


def with_sqlite(path):
    base = path.with_suffix('.sqlite')
    base.unlink(missing_ok=True)
    run('sqlite3', str(base), '.mode csv', f'.import "{path}" t')
    connection = sqlite3.connect(base)
    rows = [list(row) for row in connection.execute('select * from t')]
    connection.close()
    base.unlink()
    return rows


READERS = {
    'pandas': with_pandas, 'polars': with_polars, 'DuckDB': with_duckdb, 'pyarrow': with_pyarrow, 'Miller': with_miller,
    'csvcut': with_csvcut, 'sqlite3': with_sqlite,
}
# These print nothing at all for a table without rows, or without its header.
NEED_ROWS = ('Miller', 'csvcut', 'sqlite3')


def guessed(path, numeric, rows):
    """Numeric columns that hold a number are numeric without being told."""
    import duckdb
    import pandas
    import polars
    from pyarrow import csv as arrow
    from pyarrow import types as arrow_types

    filled = [column for at, column in numeric if any(row[at] for row in rows)]
    frames = {
        'pandas': pandas.read_csv(path).dtypes.items(),
        'polars': polars.read_csv(path, infer_schema_length=None).schema.items(),
        'pyarrow': ((field.name, field.type) for field in arrow.read_csv(path).schema),
    }
    described = duckdb.execute("describe select * from read_csv(?, max_line_size=10000000, sample_size=-1)", [str(path)]).fetchall()
    frames['DuckDB'] = ((name, kind) for name, kind, *_ in described)
    is_number = {
        'pandas': pandas.api.types.is_numeric_dtype,
        'polars': lambda kind: kind.is_numeric(),
        'pyarrow': lambda kind: arrow_types.is_integer(kind) or arrow_types.is_floating(kind),
        'DuckDB': lambda kind: kind in ('BIGINT', 'DOUBLE', 'HUGEINT', 'INTEGER'),
    }
    for reader, columns in frames.items():
        for column, kind in columns:
            if column in filled and not is_number[reader](kind):
                fail(f'{path}: {reader} takes the numbers of {column} for {kind}')


def check(work):
    tables = 0
    for folder in (work / 'spreadsheet', work / 'data', work / 'one', work / 'empty', work / 'sample'):
        kinds = types(folder)
        for name in names(folder):
            (path,) = parts(folder, name)
            header, rows = load(path)
            for reader, read in READERS.items():
                if rows or reader not in NEED_ROWS:
                    same(reader, path, rows, read(path))
            numeric = [(at, column) for at, column in enumerate(header) if kinds[name, column] in ('integer', 'number')]
            if rows:
                guessed(path, numeric, rows)
            tables += 1
    european(work)
    several_lines(work)
    return f'readers: {", ".join(READERS)} read {tables} tables without a changed value; numbers are numbers by default'


def several_lines(work):
    """With --keep-newlines every reader that takes rows for what stands between quotes reads them unchanged."""
    for path in parts(work / 'lines', 'metadata'):
        _, rows = load(path)
        for reader, read in READERS.items():
            if reader != 'pyarrow':  # It wants newlines_in_values=True.
                same(reader, path, rows, read(path))


def european(work):
    """Semicolons and decimal commas give the same numbers."""
    import duckdb
    import pandas
    import polars

    path, plain = work / 'european' / 'terms.csv', pandas.read_csv(work / 'spreadsheet' / 'terms.csv')
    numbers = plain.select_dtypes('number').astype(float).values.tolist()
    names_of = list(plain.select_dtypes('number').columns)
    found = {
        'pandas': pandas.read_csv(path, sep=';', decimal=','),
        'polars': polars.read_csv(path, separator=';', decimal_comma=True, infer_schema_length=None).to_pandas(),
        'DuckDB': duckdb.execute("select * from read_csv(?, delim=';', decimal_separator=',')", [str(path)]).df(),
    }
    for reader, frame in found.items():
        same(reader, path, numbers, frame[names_of].astype(float).values.tolist())


main(check)
