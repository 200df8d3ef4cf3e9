"""Checks byline.xlsx and report.html for tests/looks.sh.

make DIR        writes articles whose words look like what spreadsheets mangle, markup, and one long quotation
workbook OUT    every cell of byline.xlsx is that of the CSV file, of its kind, and no formula
page OUT        report.html loads nothing, runs nothing, is small, and its links lead somewhere
dom FILE        what Chromium made of the page: no element that the page does not write
text FILE       prints the text of a page, a piece a line; fails when it has a script
requests LOG    prints what a page asked the net for, by Chromium's log of it
ink IMAGE       a page (PGM) is not blank
large FILE      writes records with 1,048,600 further fields
split OUT       byline.xlsx holds them in two sheets and says so
"""

import csv
import html.parser
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

csv.field_size_limit(1 << 24)
LIMIT = 32_767
ROWS = 1_048_600
NASTY = [
    '=SUM(A1:A9)', '=1+2', '+1 202 555 0100', '-based', '@handle', '=HYPERLINK("http://x.example","y")',
    '007', '1e5', '2E8', 'NA', 'N/A', 'null', 'None', 'TRUE', 'May-08', 'March 1', '1-2', '9/11', '10:30',
    '12345678901234567890', '50%', '$1,200', 'a,b', 'say ""hi""', 'semi;colon', "O'Neill", 'Zoë Ångström', '東京',
    '-2+3+cmd|calc', '@SUM(1)', 'naïve', 'tab\there', '1,234,567', '3.14', 'ID', '🙂',
]
MARKUP = [
    '<script>alert(1)</script>', '</title><script>alert(2)</script>', '"><img src=x onerror=alert(3)>',
    "<svg/onload=alert('4')>", '</style><b>bold', '&lt;i&gt;', '\u202eevil\u202c', 'עברית',
]


def make(folder):
    folder.mkdir(parents=True)
    for number, token in enumerate(NASTY + MARKUP):
        text = (
            f'# {token} shakes the town of Arlow\n\nBy {token}\n{1 + number % 28} May 2024\n\n'
            f'Mayor Edna Quill said “{token} is a terrible thing for Arlow and for {token}”. She praised {token}.\n\n'
            f'“Edna Quill is a disgrace,” said {token} Holdings. {token} was heard again in Arlow.\n'
        )
        (folder / f'{number:02d}.txt').write_text(text, encoding='utf-8')
    long = 'A tide of words went on and on ' * 1_400
    (folder / 'long.txt').write_text(f'# A long speech\n\n4 May 2024\n\nMayor Edna Quill said “{long}”.\n', encoding='utf-8')


def load(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def one(out):
    return json.loads((out / 'run.json').read_text(encoding='utf-8'))


def unguarded(cell):
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell


def workbook(out):
    import warnings

    import openpyxl

    warnings.simplefilter('ignore')
    book = openpyxl.load_workbook(out / 'byline.xlsx')
    _, columns = load(out / 'columns.csv')
    kinds = {(row[0], row[1]): row[2] for row in columns}
    cut = values = 0
    for path in sorted(out.glob('*.csv')):
        header, rows = load(path)
        sheet = book[path.stem]
        assert sheet.freeze_panes == 'A2' and sheet.auto_filter.ref, f'{path.stem}: no fixed header or filter'
        assert sheet.max_row == len(rows) + 1, f'{path.stem}: {sheet.max_row - 1} rows of {len(rows)}'
        cells = sheet.iter_rows()
        assert [cell.value for cell in next(cells)] == header, path.stem
        for number, (row, got) in enumerate(zip(rows, cells)):
            for name, text, cell in zip(header, row, got):
                place = f'{path.stem} row {number + 2} {name}'
                kind = kinds.get((path.name, name))
                assert cell.data_type != 'f', f'{place}: a formula'
                values += 1
                if text == '':
                    assert cell.value is None, place
                elif kind == 'string':
                    assert cell.data_type in ('s', 'inlineStr'), f'{place}: type {cell.data_type}'
                    want = unguarded(text)
                    if len(want.encode('utf-16-le')) // 2 > LIMIT:
                        want, cut = want.encode('utf-16-le')[: 2 * LIMIT].decode('utf-16-le', 'ignore'), cut + 1
                    assert cell.value == want or text == cell.value, f'{place}: {cell.value!r}, not {want!r}'
                elif kind == 'date':
                    assert cell.value.date().isoformat() == text, place
                elif kind == 'boolean':
                    assert str(cell.value).lower() == text, place
                else:
                    assert abs(float(cell.value) - float(text)) < 1e-9 * max(1, abs(float(text))), place
    # Links lead to cells that exist, and say who is meant.
    links = [cell for row in book['entities'].iter_rows() for cell in row if cell.hyperlink]
    assert links, 'no entity leads to its mentions'
    for cell in links:
        sheet, place = cell.hyperlink.location.split('!')
        row = book[sheet.strip("'")][re.sub('[A-Z]', '', place)]
        assert cell.value in [other.value for other in row], f'{cell.value}: {place}'
    assert book.sheetnames[0] == 'summary' and len(book['summary']._charts) == 3, 'the summary has not three charts'
    if 'nasty' in out.name:
        assert cut, 'no cell of more than 32,767 characters'
    print(f'looks: {len(book.sheetnames)} sheets, {values} cells as in the CSV files, {len(links)} links, {cut} cells cut')


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids, self.attributes = set(), [], set(), set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.add(name)
            if name in ('href', 'src', 'action', 'data'):
                self.links.append(value)
            if name == 'id':
                self.ids.add(value)


KNOWN = set(
    'html head meta title style body header h1 h2 h3 p nav ul li a main section div dl dt dd figure figcaption svg rect '
    'path line circle text span table caption thead tbody tr th td bdi b blockquote footer'.split()
)


def read(text):
    page = Page()
    page.feed(text)
    assert page.tags <= KNOWN, f'elements of somebody else: {page.tags - KNOWN}'
    assert not [name for name in page.attributes if name.startswith('on')], page.attributes
    return page


def page(out):
    raw = (out / 'report.html').read_bytes()
    assert len(raw) < 1_000_000, f'{len(raw)} bytes'
    found = read(raw.decode('utf-8'))
    for link in found.links:
        inside = link.startswith('#') and link[1:] in found.ids
        assert inside or (out / link).is_file(), f'{link} leads nowhere'
    assert b"default-src 'none'" in raw and b'@import' not in raw and b'url(' not in raw


def dom(path):
    text = path.read_text(encoding='utf-8')
    found = read(text)
    assert 'section' in found.tags and len(text) > 5_000, 'Chromium shows nothing'


def text(path):
    class Pieces(html.parser.HTMLParser):
        def handle_data(self, data):
            if data.strip():
                print(' '.join(data.split()))

    markup = path.read_text(encoding='utf-8')
    assert '<script' not in markup.lower(), 'a script'
    Pieces().feed(markup)


def requests(path):
    text = path.read_text(encoding='utf-8')
    # Chromium may leave the end of the log open.
    events = json.loads(text if text.rstrip().endswith('}') else text.rstrip().rstrip(',') + ']}')['events']
    for event in events:
        about = event.get('params') or {}
        # What Chromium asks for on its own account is no page's.
        if about.get('initiator', 'not an origin') != 'not an origin' and not about.get('url', '').startswith('file:'):
            print(about.get('url'))


def ink(path):
    raw = path.read_bytes()
    header = re.match(rb'P5\s+(\d+)\s+(\d+)\s+(\d+)\s', raw)
    pixels = raw[header.end():]
    dark = sum(1 for pixel in pixels if pixel < 160)
    assert dark > len(pixels) // 1_000, f'{path.name} is blank: {dark} dark points of {len(pixels)}'


def large(path):
    each = 100
    with open(path, 'w', encoding='utf-8') as file:
        for number in range(ROWS // each):
            record = {'text': f'The tide came in at Arlow, number {number}.'}
            record.update((f'f{field:03d}', f'v{number}') for field in range(each))
            file.write(json.dumps(record) + '\n')


def split(out):
    book = zipfile.ZipFile(out / 'byline.xlsx')
    space = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}
    names = [sheet.get('name') for sheet in xml.fromstring(book.read('xl/workbook.xml')).iter(f'{{{space["m"]}}}sheet')]
    assert 'metadata' in names and 'metadata (2)' in names, names
    rows = [book.read(f'xl/worksheets/sheet{names.index(name) + 1}.xml').count(b'<row ') for name in ('metadata', 'metadata (2)')]
    assert rows == [1_048_576, ROWS - 1_048_575 + 1], rows
    assert any('goes on in further sheets (1)' in warning for warning in one(out)['warnings']), 'the split is not said'
    print(f'looks: {ROWS} rows are in sheets of {rows[0] - 1} and {rows[1] - 1}')


if __name__ == '__main__':
    globals()[sys.argv[1]](pathlib.Path(sys.argv[2]))
