#!/bin/bash
# Runs byline beside other tools on the same articles and prints CPU seconds, peak memory and ratios.
#
#   benches/peers.sh BYLINE ARTICLES.jsonl [WORK]
#
# ARTICLES.jsonl has an object with "title" and "text" a line. Each peer is run if it is there: xan (cargo install
# xan), and polars, duckdb, scikit-learn with pandas from PyPI in the Python that PYTHON names. Peers count lower-case
# words of ASCII letters and digits; byline reads Unicode, dates, sentences, boilerplate and copies besides ("plain": it
# looks for neither boilerplate nor copies; "wordlist" finds title, byline and paragraphs, and counts words). All run on one thread. T2 of the peers gets the words ready-made, and its
# time does not hold the making; byline's holds reading and tokenising.
set -u
byline=${1:?byline}; articles=$(realpath "${2:?articles}"); work=${3:-$(mktemp -d)}
here=$(dirname "$(realpath "$0")"); peers=$here/peers
xan=${XAN:-xan}; python=${PYTHON:-python3}
mkdir -p "$work"
export POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 T=1 MIN=10

declare -A cpu
# run NAME BASE command...: prints CPU seconds, MiB and the ratio to BASE
run() {
    local name=$1 base=$2 user system kib; shift 2
    if ! /usr/bin/time -o "$work/took" -f '%U %S %M' "$@" >/dev/null 2>"$work/err"; then
        echo "$name: failed: $(head -n 1 "$work/err")"
        return
    fi
    read -r user system kib <"$work/took"
    cpu[$name]=$(awk "BEGIN{print $user + $system}")
    awk -v n="$name" -v c="${cpu[$name]}" -v m="$kib" -v b="${cpu[$base]:-0}" \
        'BEGIN{printf "%-34s %9.2f CPU s %8.0f MiB %8s x\n", n, c, m / 1024, (b > 0 ? sprintf("%.1f", c / b) : "-")}'
}
has() { command -v "$1" >/dev/null 2>&1; }
py() { "$python" -c "import $1" 2>/dev/null; }

echo "T1: frequency and document frequency of every word, to CSV"
terms=(--quiet --threads 1 --tables terms)
run "byline wordlist" none "$byline" wordlist "$articles" -o "$work/t1w.csv" --quiet --threads 1
run "byline, plain" "byline wordlist" "$byline" run "$articles" -o "$work/t1p" "${terms[@]}" --boilerplate keep --duplicates keep
run "byline" "byline, plain" "$byline" run "$articles" -o "$work/t1" "${terms[@]}"
run "wc -w" "byline wordlist" env LC_ALL=C wc -w "$articles"
py polars && run polars "byline wordlist" "$python" "$peers/t1_polars.py" "$articles" "$work/polars.csv"
py duckdb && run duckdb "byline wordlist" "$python" "$peers/t1_duckdb.py" "$articles" "$work/duckdb.csv"
if has "$xan"; then
    "$xan" from -f ndjson "$articles" > "$work/articles.csv"
    run xan "byline wordlist" bash -c "'$xan' tokenize words -L -D punct -S text '$work/articles.csv' | '$xan' vocab token > '$work/xan.csv'"
fi

echo "T2: pairs of words met at least 10 times within 5 words, all measures, to CSV"
pairs=(--quiet --threads 1 --tables cooccurrence --node-types term --min-count 10 --top 0 --stopwords none)
run "byline, window" none "$byline" run "$articles" -o "$work/t2w" "${pairs[@]}" --units window
"$python" "$peers/words.py" "$articles" "$work/words.tok" "$work/words.csv"
has "$xan" && run "xan, window" "byline, window" bash -c "'$xan' vocab cooc -w 5 --min-count 10 '$work/words.csv' > '$work/xw.csv'"

echo "T2: pairs of words met in at least 10 documents, to CSV"
run "byline, document" none "$byline" run "$articles" -o "$work/t2d" "${pairs[@]}" --units document
py sklearn && run "scipy X'X" "byline, document" "$python" "$peers/t2_scipy.py" "$work/words.tok" "$work/scipy.csv"

echo "T3: every table"
run "byline, all" none "$byline" run "$articles" -o "$work/t3" --quiet --threads 1
