"""Reads byline's tables with pandas, polars, DuckDB and (converted by LibreOffice) openpyxl, and compares every value.

make DIR           writes a small corpus whose words look like what spreadsheets mangle
check TABLES       every value as Python's csv module reads it, in pandas, polars and DuckDB; numeric columns numeric
graph TABLES       network.gexf in networkx, and edges.csv in pandas: the nodes and edges that the tables hold
sheets TABLES DIR  the workbooks LibreOffice made of the tables: same text, no formulas
"""

import csv
import pathlib
import sys

NASTY = [
    '=SUM(A1:A9)', '=1+2', '+1 202 555 0100', '-based', '@handle', '=HYPERLINK("http://x.example","y")',
    '007', '1e5', '2E8', 'NA', 'N/A', 'null', 'None', 'TRUE', 'May-08', 'March 1', '1-2', '9/11', '10:30',
    '12345678901234567890', '50%', '$1,200', 'a,b', 'say ""hi""', 'semi;colon', "O'Neill", 'Zoë Ångström', '東京',
    '-2+3+cmd|calc', '@SUM(1)', 'naïve', 'tab\there', '1,234,567', '3.14', 'ID', '🙂',
]


def make(folder):
    """One article for each token, with the token in title, name and quotation."""
    folder.mkdir(parents=True)
    for number, token in enumerate(NASTY):
        text = (
            f'# {token} shakes the town of Arlow\n\nBy {token}\n3 May 2024\n\n'
            f'Mayor Edna Quill said “{token} is good for Arlow and for {token}”. She praised {token} twice.\n\n'
            f'{token} was heard again in Arlow. Critics slammed Edna Quill and {token} Holdings for it.\n'
        )
        (folder / f'{number:02d}.txt').write_text(text, encoding='utf-8')


def load(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def types(tables):
    header, rows = load(tables / 'columns.csv')
    table, column, kind = (header.index(name) for name in ('table', 'column', 'type'))
    return {(row[table], row[column]): row[kind] for row in rows}


def kind_of(declared, path, column):
    for name in (path.stem, path.name):
        if (name, column) in declared:
            return declared[name, column]
    raise SystemExit(f'consumers: {path.name}: {column} is not in columns.csv')


def same(what, path, expected, found):
    if expected != found:
        for number, (a, b) in enumerate(zip(expected, found)):
            if a != b:
                raise SystemExit(f'consumers: {path} row {number + 1}: {what} reads {b!r}, the file holds {a!r}')
        raise SystemExit(f'consumers: {path}: {what} reads {len(found)} rows of {len(expected)}')


def check(tables):
    import duckdb
    import pandas
    import polars

    declared = types(tables)
    for path in sorted(tables.glob('*.csv')):
        raw = path.read_bytes()
        # Gephi up to 0.9.2 takes the mark for a part of the first column's name.
        marked = path.stem not in ('nodes', 'edges')
        assert raw.startswith(b'\xef\xbb\xbf') == marked and b'\r' not in raw and raw.endswith(b'\n'), path
        header, rows = load(path)
        assert all(len(row) == len(header) for row in rows), path
        strings = pandas.read_csv(path, dtype=str, keep_default_na=False)
        same('pandas', path, rows, strings.values.tolist())
        frame = polars.read_csv(path, infer_schema=False).fill_null('')
        same('polars', path, rows, [list(row) for row in frame.rows()])
        query = duckdb.sql(f"select * from read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"')")
        same('DuckDB', path, rows, [[cell or '' for cell in row] for row in query.fetchall()])
        guessed = pandas.read_csv(path)
        for column in header:
            if kind_of(declared, path, column) in ('integer', 'number') and len(rows) > 0:
                assert pandas.api.types.is_numeric_dtype(guessed[column]), (path, column, guessed[column].dtype)
    print(f'consumers: {tables}: pandas, polars and DuckDB agree')


def graph(tables):
    import networkx
    import pandas

    network = networkx.read_gexf(tables / 'network.gexf')
    nodes = pandas.read_csv(tables / 'nodes.csv', dtype={'Id': str, 'Label': str}, keep_default_na=False)
    edges = pandas.read_csv(tables / 'edges.csv', dtype={'Source': str, 'Target': str}, keep_default_na=False)
    same('networkx', tables, sorted(nodes['Id']), sorted(network.nodes))
    frame = networkx.from_pandas_edgelist(edges, 'Source', 'Target', edge_attr='Weight')
    weights = lambda graph, name: sorted((*sorted(ends), int(data[name])) for *ends, data in graph.edges(data=True))
    same('networkx', tables, weights(frame, 'Weight'), weights(network, 'weight'))
    for row in nodes.itertuples():
        data = network.nodes[row.Id]
        # The spreadsheet's guard is not in the graph.
        assert data['label'] in (row.Label, row.Label.removeprefix("'")), (row, data)
        assert data['frequency'] == row.frequency and network.degree(row.Id) == row.degree, (row, data)
        score = data.get('score', '')
        assert score == row.score or abs(score - float(row.score)) < 1e-6, (row, data)
    print(f'consumers: {tables}: networkx reads {len(nodes)} nodes and {len(edges)} edges')


def sheets(tables, folder):
    import openpyxl

    declared = types(tables)
    for path in sorted(tables.glob('*.csv')):
        header, rows = load(path)
        book = openpyxl.load_workbook(folder / f'{path.stem}.xlsx')
        cells = list(book.active.iter_rows())
        assert [cell.value for cell in cells[0]] == header, (path, [cell.value for cell in cells[0]])
        assert len(cells) - 1 == len(rows), (path, len(cells) - 1, len(rows))
        text = [kind_of(declared, path, column) == 'string' for column in header]
        for number, (row, expected) in enumerate(zip(cells[1:], rows)):
            for cell, value, is_text in zip(row, expected, text):
                assert cell.data_type != 'f', f'{path} row {number + 1}: {cell.value!r} is a live formula'
                if is_text and (cell.value or '') != value:
                    raise SystemExit(f'consumers: {path} row {number + 1}: LibreOffice shows {cell.value!r}, not {value!r}')
    print(f'consumers: {tables}: LibreOffice shows every text unchanged and no formula')


if __name__ == '__main__':
    command, *paths = sys.argv[1:]
    {'make': make, 'check': check, 'graph': graph, 'sheets': sheets}[command](*map(pathlib.Path, paths))
