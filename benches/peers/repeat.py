"""A corpus so many times as large: repeat.py ARTICLES.jsonl TIMES > LARGE.jsonl

Each copy of an article has an id and a title of its own and, behind its text, three sentences of made-up words that grow
ever rarer, so that the vocabulary grows with the corpus as it does in texts. The same input gives the same bytes.
"""
import json
import random
import sys

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def word(number):
    out = []
    while number:
        number, at = divmod(number, len(SYLLABLES))
        out.append(SYLLABLES[at])
    return "".join(out) or "ba"


def main():
    path, times = sys.argv[1], int(sys.argv[2])
    rng = random.Random(1)
    for copy in range(times):
        for line, text in enumerate(open(path, encoding="utf-8")):
            article = json.loads(text)
            # Ranks of a Zipf tail: most words are common, some are new.
            rare = [word(int(20 / (1 - rng.random()))) for _ in range(36)]
            tail = ". ".join(" ".join(rare[at : at + 12]).capitalize() for at in (0, 12, 24))
            article["id"] = f"{copy}-{line}"
            article["title"] = f"{article.get('title', '')} {copy}".strip()
            article["text"] = f"{article['text']}\n\n{tail}."
            print(json.dumps(article, ensure_ascii=False))


main()
