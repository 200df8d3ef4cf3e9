"""Check 4: datapackage.json and csv-metadata.json are valid, describe what is in the files, and their keys hold."""

import json
import subprocess

from written import fail, load, main, names, parts, same, truth, types


def check(work):
    from frictionless import Package, system

    system.trusted = True
    rows_read = 0
    for run, delimiter in (('spreadsheet', ','), ('data', ','), ('european', ';'), ('split', '\t'), ('empty', ','), ('sample', ',')):
        folder = work / run
        package = Package(str(folder / 'datapackage.json'))
        report = package.validate()
        if not report.valid:
            fail(f'{folder}/datapackage.json: {report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]}')
        # The network as one file is a resource too, but no table.
        tables = [resource for resource in package.resources if resource.format == 'csv']
        if sorted(resource.name for resource in tables) != sorted(names(folder)):
            fail(f'{folder}/datapackage.json does not list the tables of run.json')
        for resource in tables:
            expected = [row for path in parts(folder, resource.name) for row in load(path, delimiter)[1]]
            found = resource.read_rows()
            rows_read += len(found)
            kinds = [field.type for field in resource.schema.fields]
            text = [[cell if kind == 'string' else '' for cell, kind in zip(row, kinds)] for row in expected]
            seen = [[(cell or '') if kind == 'string' else '' for cell, kind in zip(row.values(), kinds)] for row in found]
            same('frictionless', folder / resource.name, text, seen)
            for row, cells in zip(found, expected):
                for (column, value), cell, kind in zip(row.items(), cells, kinds):
                    if kind in ('integer', 'number') and (value is None) != (cell == '') or (
                        value is not None and kind in ('integer', 'number') and float(value) != float(cell.replace(',', '.'))
                    ):
                        fail(f'{folder}/{resource.name}: frictionless reads {column} {cell!r} as {value!r}')
        done = subprocess.run(['csvwvalidate', '-v', str(folder / 'csv-metadata.json')], capture_output=True, text=True)
        if done.returncode != 0 or 'OK' not in done.stdout + done.stderr:
            fail(f'{folder}/csv-metadata.json: {(done.stdout + done.stderr)[-2000:]}')
    csvw(work / 'spreadsheet')
    pairs(work / 'spreadsheet')
    described(work / 'spreadsheet')
    # Without a row, too, every column has its type.
    described(work / 'empty')
    return f'packages: frictionless and csvw find all valid, and read {rows_read} rows unchanged'


def csvw(folder):
    """csvw gives the texts of the truth."""
    from csvw import TableGroup

    group = TableGroup.from_file(str(folder / 'csv-metadata.json'))
    kinds = types(folder)
    for name in names(folder):
        rows = [list(row.items()) for row in group.tabledict[f'{name}.csv']]
        only = lambda cells: [cell or '' if kinds[name, column] == 'string' else '' for column, cell in cells]
        header = [column for column, _ in rows[0]] if rows else []
        expected = [only(zip(header, row)) for row in truth(folder, name)]
        same('csvw', folder / name, expected, [only(row) for row in rows])


def pairs(folder):
    """What no schema can say: items of pairs are terms or entities, by their type."""
    def column(name, *wanted):
        header, rows = load(folder / f'{name}.csv')
        return [tuple(row[header.index(one)] for one in wanted) for row in rows]

    known = {'term': {term for (term,) in column('terms', 'feature')}, 'entity': {name for (name,) in column('entities', 'entity')}}
    for kind, first, second in column('cooccurrence', 'node_type', 'item1', 'item2'):
        if not {first, second} <= known[kind]:
            fail(f'{folder}/cooccurrence.csv: {first!r} or {second!r} is no {kind} of its table')


def described(folder):
    """Every column of every file is a field with a description and a type, and columns.csv has what the issue asks."""
    header, rows = load(folder / 'columns.csv')
    if header != ['table', 'column', 'type', 'unit', 'definition', 'formula', 'citation']:
        fail(f'{folder}/columns.csv has the columns {header}')
    package = json.loads((folder / 'datapackage.json').read_text())
    for resource in (resource for resource in package['resources'] if resource['format'] == 'csv'):
        fields = [(field['name'], field['type'], field['description']) for field in resource['schema']['fields']]
        listed = [tuple(row[at] for at in (1, 2, 4)) for row in rows if row[0] == f"{resource['name']}.csv"]
        same('datapackage.json', folder / resource['name'], listed, fields)
        if [name for name, *_ in fields] != load(folder / f"{resource['name']}.csv")[0]:
            fail(f"{folder}/{resource['name']}.csv has another header than datapackage.json")
        if resource['schema']['missingValues'] != []:
            fail('missingValues of a schema are not empty')


main(check)
