#!/bin/bash
# How time and memory grow with the corpus, and that a budget of memory changes no byte.
#
#   benches/scale.sh BYLINE ARTICLES.jsonl [WORK] [TIMES]
#
# Counts words, n-grams and pairs in every unit (no entities, no sentiment) over 1/16, 1/8, 1/4, 1/2 and all of the
# articles, then over all of them without a budget and under 1 GB, and compares every byte; last over a corpus TIMES as
# large (10), made of the same articles with new ids and rare words of their own, under 2 GB.
set -eu
byline=${1:?byline}; articles=$(realpath "${2:?articles}"); work=${3:-$(mktemp -d)}; times=${4:-10}
mkdir -p "$work"
lines=$(wc -l <"$articles")
tables=(--quiet --force --tables terms,ngrams,cooccurrence --node-types term --format csv)

# count NAME INPUT OUTPUT options...: prints articles, bytes, CPU seconds, wall seconds and peak memory
count() {
    local name=$1 input=$2 output=$3; shift 3
    /usr/bin/time -o "$work/took" -f '%U %S %e %M' "$byline" run "$input" -o "$output" "${tables[@]}" "$@"
    read -r user system wall kib <"$work/took"
    awk -v n="$name" -v l="$(wc -l <"$input")" -v b="$(stat -c %s "$input")" -v u="$user" -v s="$system" -v w="$wall" -v k="$kib" \
        'BEGIN{c = u + s; printf "%-16s %8d articles %8.1f MB %8.2f CPU s %8.2f s %7.0f MiB %6.1f MB per CPU s\n", n, l, b / 1e6, c, w, k / 1024, b / 1e6 / c}'
}

for part in 16 8 4 2; do
    # Every so many-th article, so that each part is like the whole.
    awk -v p=$part 'NR % p == 0' "$articles" >"$work/part.jsonl"
    count "1/$part" "$work/part.jsonl" "$work/part" --memory 1G
done
count "all" "$articles" "$work/budget" --memory 1G
count "all, no budget" "$articles" "$work/free" --memory 64G
for table in "$work"/budget/*.csv; do
    case $(basename "$table") in columns.csv | skipped.csv) continue ;; esac
    cmp "$table" "$work/free/$(basename "$table")"
done
echo "the same bytes under 1 GB and without a budget: $(cd "$work/budget" && ls *.csv | wc -l) tables"
rm -rf "$work/budget" "$work/free" "$work/part" "$work/part.jsonl"

if [ "$times" -gt 0 ]; then
    python3 "$(dirname "$(realpath "$0")")/peers/repeat.py" "$articles" "$times" >"$work/large.jsonl"
    count "$times times" "$work/large.jsonl" "$work/large" --memory 2G
    rm -rf "$work/large" "$work/large.jsonl"
fi
