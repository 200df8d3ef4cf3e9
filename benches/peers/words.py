# The words of every article ready-made: a line each, and a CSV with the column `tokens`, for peers with a rule of their own.
import csv, json, re, sys
word = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
with open(sys.argv[2], 'w') as lines, open(sys.argv[3], 'w', newline='') as table:
    rows = csv.writer(table)
    rows.writerow(['tokens'])
    for line in open(sys.argv[1]):
        article = json.loads(line)
        words = word.findall((article['title'] + '\n\n' + article['text']).lower())
        print(' '.join(words), file=lines)
        rows.writerow([' '.join(words)])
