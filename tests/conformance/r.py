"""Checks 2 and 3 for R: read.csv, readr and data.table read every value back with the options of the README."""

import pathlib
import subprocess
import tempfile

from written import fail, load, main, names, parts, same, types

SCRIPT = pathlib.Path(__file__).with_name('r.R')


def check(work):
    tables = 0
    for folder in (work / 'spreadsheet', work / 'data'):
        paths = [path for name in names(folder) for path in parts(folder, name) if load(path)[1]]
        for reader in ('read.csv', 'readr', 'fread'):
            with tempfile.TemporaryDirectory() as scratch:
                out = {path: pathlib.Path(scratch) / path.stem for path in paths}
                pairs = [str(part) for pair in out.items() for part in pair]
                done = subprocess.run(['Rscript', '--vanilla', SCRIPT, reader, *pairs], capture_output=True, text=True)
                if done.returncode != 0:
                    fail(f'R, {reader}: {done.stderr[-2000:]}')
                for path in paths:
                    header, rows = load(path)
                    cells = out[path].read_bytes().decode('utf-8').split('\n')[:-1]
                    if len(cells) != len(header) * len(rows):
                        fail(f'{path}: R, {reader} reads {len(cells)} cells, not {len(header) * len(rows)}')
                    if reader == 'fread':
                        # It leaves doubled quotation marks as they are in the file; the README says so.
                        rows = [[cell.replace('"', '""') for cell in row] for row in rows]
                    columns = [cells[at * len(rows):(at + 1) * len(rows)] for at in range(len(header))]
                    same(f'R, {reader}', path, rows, [list(row) for row in zip(*columns)])
                    tables += 1
                if reader == 'readr':
                    kinds = types(folder)
                    for line in done.stdout.splitlines():
                        column, kind = line.rsplit(' ', 1)
                        at = load(paths[0])[0].index(column)
                        filled = any(row[at] for row in load(paths[0])[1])
                        if filled and kinds[paths[0].stem, column] in ('integer', 'number') and kind != 'numeric':
                            fail(f'{paths[0]}: readr takes the numbers of {column} for {kind}')
    return f'R: read.csv, readr and fread read {tables} tables without a changed value'


main(check)
