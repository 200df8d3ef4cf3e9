"""What the checks share: the truth about a table, and how its CSV file is read.

The truth is the JSON lines of the same run (whole texts, exact numbers); `as_csv` says a second time, in another language,
what the policy for CSV cells makes of it (src/report/cell_text.rs).
"""

import csv
import json
import re
import sys
import unicodedata

csv.field_size_limit(1 << 30)

SPACES = re.compile('[\r\n\t\u0085\u2028\u2029]')
ENDS = re.compile('\r\n|[\r\n\u0085\u2028\u2029]')
REMOVED = re.compile('[\x00-\x1f\x7f\ufeff\ufffe\uffff]')
# What every unguarded spreadsheet may run.
CALL = re.compile(r'[|!\[\\]|[^\W\d_]\(')


def fail(what):
    raise SystemExit(f'conformance: {what}')


def is_active(text):
    return text[:1] == '=' or (text[:1] in ('+', '-', '@') and text != '' and CALL.search(text) is not None)


def as_csv(text, guard='active', lines=False):
    if lines:
        # Line ends stay, as LF.
        text = '\n'.join(as_csv(part, 'off') for part in ENDS.split(text))
        line = unicodedata.normalize('NFC', text)
    else:
        line = unicodedata.normalize('NFC', REMOVED.sub('', SPACES.sub(' ', text)))
    guarded = {'off': False, 'active': is_active(line), 'strict': line[:1] in tuple('=+-@＝＋－＠')}[guard]
    return "'" + line if guarded else line


def load(path, delimiter=','):
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    return rows[0], rows[1:]


def parts(folder, name):
    """The files of a table: terms.csv, terms-2.csv, ..."""
    files = [folder / f'{name}.csv']
    while (more := folder / f'{name}-{len(files) + 1}.csv').exists():
        files.append(more)
    return files


def names(folder):
    """The tables of a run."""
    run = json.loads((folder / 'run.json').read_text())
    return [table['file'][:-4] for table in run['tables'] if table['file'].endswith('.csv')]


def types(folder, delimiter=','):
    """The declared type of each column, by table and column."""
    found = {}
    for file in parts(folder, 'columns'):
        header, rows = load(file, delimiter)
        table, column, kind = (header.index(name) for name in ('table', 'column', 'type'))
        found.update({(row[table].removesuffix('.csv'), row[column]): row[kind] for row in rows})
    return found


def truth(folder, name, guard='active', comma=False, lines=False):
    """The cells of a table as its CSV file should show them, made from its JSON lines."""
    kinds = types(folder)
    rows = []
    # Lines end with LF alone: a text may hold other line ends.
    for line in (folder / f'{name}.jsonl').read_text(encoding='utf-8').split('\n')[:-1]:
        # Numbers as they are written.
        row = json.loads(line, parse_float=str, parse_int=str)
        cells = []
        for column, value in row.items():
            kind = kinds[name, column]
            if value is None:
                cells.append('')
            elif kind == 'string':
                cells.append(as_csv(value, guard, lines))
            elif kind == 'boolean':
                cells.append('true' if value else 'false')
            elif kind == 'number' and comma:
                cells.append(value.replace('.', ','))
            else:
                cells.append(value)
        rows.append(cells)
    return rows


def same(what, path, expected, found):
    if expected == found:
        return
    for number, (a, b) in enumerate(zip(expected, found)):
        if a != b:
            cells = [(x, y) for x, y in zip(a, b) if x != y] or [(a, b)]
            fail(f'{path} row {number + 1}: {what} gives {cells[0][1]!r:.200}, not {cells[0][0]!r:.200}')
    fail(f'{path}: {what} gives {len(found)} rows, not {len(expected)}')


def main(check):
    """Runs a check over the folder of runs that the command line names."""
    import pathlib

    print(f'conformance: {check(pathlib.Path(sys.argv[1]))}')
