"""Check 5: LibreOffice shows every text unchanged with the import options of the README, and runs no cell with any."""

import subprocess
import tempfile
import pathlib

from written import fail, load, main, names, parts, types

# Separator 44, quote 34, UTF-8 (76), first line 1, no column formats, language 0; then quoted fields as text.
DOCUMENTED = 'CSV:44,34,76,1,,0,true'
CARELESS = 'CSV:44,34,76,1,,0,false'


def sheets(paths, options):
    """The rows of cells of each table after LibreOffice made a workbook of it."""
    import openpyxl

    with tempfile.TemporaryDirectory() as scratch:
        command = [
            'soffice', '--headless', f'-env:UserInstallation=file://{scratch}/profile', f'--infilter={options}',
            '--convert-to', 'xlsx', '--outdir', f'{scratch}/xlsx', *map(str, paths),
        ]
        done = subprocess.run(command, capture_output=True, text=True)
        for path in paths:
            made = pathlib.Path(scratch) / 'xlsx' / f'{path.stem}.xlsx'
            if done.returncode != 0 or not made.exists():
                fail(f'LibreOffice does not open {path}: {done.stderr[-500:]}')
            book = openpyxl.load_workbook(made)
            yield path, list(book.active.iter_rows())


def check(work):
    shown, cells_seen = 0, 0
    for folder in (work / 'spreadsheet', work / 'sample'):
        kinds = types(folder)
        paths = [path for name in names(folder) for path in parts(folder, name)]
        for path, cells in sheets(paths, DOCUMENTED):
            header, rows = load(path)
            if [cell.value for cell in cells[0]] != header or len(cells) - 1 != len(rows):
                fail(f'{path}: LibreOffice shows {len(cells) - 1} rows of {len(rows)}, or another header')
            text = [kinds[path.stem, column] == 'string' for column in header]
            for number, (row, expected) in enumerate(zip(cells[1:], rows)):
                for cell, value, is_text in zip(row, expected, text):
                    if cell.data_type == 'f':
                        fail(f'{path} row {number + 1}: {cell.value!r} is a live formula')
                    # A cell of a spreadsheet ends after 32,767 characters; run.json warns of it.
                    if is_text and (cell.value or '') != value[:32767]:
                        fail(f'{path} row {number + 1}: LibreOffice shows {cell.value!r:.100}, not {value!r:.100}')
                    cells_seen += is_text
            shown += 1
    paths = [work / 'spreadsheet' / f'{name}.csv' for name in ('metadata', 'documents', 'terms', 'mentions', 'quotations')]
    for path, cells in sheets(paths, CARELESS):
        for number, row in enumerate(cells):
            live = [cell.value for cell in row if cell.data_type == 'f']
            if live:
                fail(f'{path} row {number}: {live[0]!r} is a live formula where quoted fields are not taken as text')
    return f'LibreOffice: {cells_seen} texts of {shown} tables unchanged, no live formula'


main(check)
