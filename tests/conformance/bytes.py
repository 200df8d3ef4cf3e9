"""Check 1: what is in the files, byte by byte, under every option; and that the cells are those of the JSON lines."""

import json
import re

import nasty
from written import as_csv, fail, load, main, names, parts, same, truth, types

HEADER = re.compile(r'[a-z][a-z0-9_]*$')
GEPHI = ('nodes', 'edges')
# A text in quotes, doubled inside; a bare number, date or truth value; or nothing.
TEXT = rb'(?:"(?:[^"]|"")*")?'
BARE = {
    'integer': rb'(?:-?[0-9]+)?',
    'number': rb'(?:-?[0-9]+(?:[.,][0-9]{1,6})?)?',
    'date': rb'(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?',
    'boolean': rb'(?:true|false)?',
}


# A row: up to a line end outside of quotes.
ROW = re.compile(rb'(?:"(?:[^"]|"")*"|[^"\n])*\n')


def look(path, name, kinds, delimiter, end, mark, one_line):
    raw = path.read_bytes()
    if raw.startswith(b'\xef\xbb\xbf') != mark:
        fail(f'{path}: a byte-order mark is {"missing" if mark else "there"}')
    raw = raw.removeprefix(b'\xef\xbb\xbf')
    raw.decode('utf-8')
    if b'\xef\xbb\xbf' in raw or raw[:2].upper() == b'ID' or not raw.endswith(end):
        fail(f'{path}: begins or ends wrongly, or has a mark inside')
    lines = [row[:-1] for row in ROW.findall(raw)]
    if one_line and len(lines) != raw.count(b'\n'):
        fail(f'{path}: a cell of several lines')
    if end == b'\r\n':
        if not all(line.endswith(b'\r') for line in lines):
            fail(f'{path}: a line does not end with CR LF')
        lines = [line[:-1] for line in lines]
    if any(b'\r' in line for line in lines):
        fail(f'{path}: a lone CR')
    columns = lines[0].decode('ascii').split(delimiter)
    if name not in GEPHI and name != 'kwic' and not all(HEADER.match(column) for column in columns):
        fail(f'{path}: header {columns}')
    cells = [TEXT if kinds[name, column] == 'string' else BARE[kinds[name, column]] for column in columns]
    pattern = re.compile(re.escape(delimiter.encode()).join(cells) + rb'\Z')
    for number, line in enumerate(lines[1:]):
        if not pattern.match(line):
            fail(f'{path} row {number + 1}: {line[:200]!r} is not written by its types')


def check(work):
    files = 0
    runs = {
        'spreadsheet': (',', b'\n', True, 'active'), 'data': (',', b'\n', False, 'off'),
        'european': (';', b'\r\n', True, 'active'), 'split': ('\t', b'\n', True, 'strict'),
        'empty': (',', b'\n', True, 'active'), 'one': (',', b'\n', True, 'active'), 'lines': (',', b'\n', True, 'active'),
    }
    for run, (delimiter, end, marked, guard) in runs.items():
        folder = work / run
        kinds = types(folder, delimiter)
        for name in names(folder):
            base = 'spreadsheet' if run in ('european', 'split', 'data', 'lines') else run
            expected = truth(work / base, name, guard, run == 'european', run == 'lines')
            found = []
            for path in parts(folder, name):
                look(path, name, kinds, delimiter, end, marked and name not in GEPHI, run != 'lines')
                header, rows = load(path, delimiter)
                if run in ('split', 'lines') and len(rows) > 50:
                    fail(f'{path}: {len(rows)} rows after --split-rows 50')
                found += rows
                files += 1
            same('the CSV file', path, expected, found)
    # The generator's own tokens, not only what byline says of them.
    header, rows = load(work / 'spreadsheet' / 'metadata.csv')
    field, value = header.index('field'), header.index('value')
    tokens = [as_csv(article['token']) for article in nasty.articles()]
    same('metadata.csv', work, [[token] for token in tokens], [[row[value]] for row in rows if row[field] == 'token'])
    header, rows = load(work / 'data' / 'metadata.csv')
    bare = [as_csv(article['token'], 'off') for article in nasty.articles()]
    same('metadata.csv', work, [[token] for token in bare], [[row[value]] for row in rows if row[field] == 'token'])
    several = [row for path in parts(work / 'lines', 'metadata') for row in load(path)[1] if '\n' in row[value]]
    if not several:
        fail('no cell of metadata.csv has several lines with --keep-newlines')
    guarded = sum(a != b for a, b in zip(tokens, bare))
    told = json.loads((work / 'spreadsheet' / 'run.json').read_text())
    entry = next(table for table in told['tables'] if table['file'] == 'metadata.csv')
    if entry['guarded_cells'].get('value') != guarded or entry['long_cells'] != 1:
        fail(f'run.json says {entry}, but {guarded} cells of metadata.csv are guarded and one is long')
    return f'bytes: {files} CSV files of {len(runs)} runs hold what the JSON lines hold; {len(tokens)} tokens unchanged'


main(check)
