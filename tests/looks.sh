#!/usr/bin/env bash
# Opens byline.xlsx with openpyxl and LibreOffice, and report.html with Chromium: every value as the CSV files have it,
# no formulas, two runs of the same bytes, pages that are not blank; nothing loaded, nothing run, no error.
# Installs what is missing; fails loudly when that is not possible. BYLINE_LOOKS_LARGE=0 leaves out the table of
# 1,048,600 rows.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "looks: $*"; exit 1; }

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v chromium >/dev/null || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq >/dev/null || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || true
fi
for tool in soffice pdftoppm chromium; do
  command -v "$tool" >/dev/null || fail "$tool cannot be installed (apt-get install libreoffice-calc poppler-utils chromium)"
done
venv=${BYLINE_CONSUMERS_VENV:-target/conformance-venv}
if ! "$venv/bin/python" -c 'import openpyxl' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5
fi
python="$venv/bin/python"
if [ -z "${BYLINE:-}" ]; then
  cargo build --release --quiet --locked
  BYLINE=${CARGO_TARGET_DIR:-target}/release/byline
fi
byline() { "$BYLINE" "$@"; }
office() { soffice --headless "-env:UserInstallation=file://$work/profile" "$@" >/dev/null 2>"$work/soffice.log" || { cat "$work/soffice.log"; fail "LibreOffice cannot convert"; }; }
browser() {
  # A proxy on a dead port: whatever the page asked for would fail, and would be written to the log.
  chromium --headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update \
    "--log-net-log=$work/net.json" "--user-data-dir=$work/chromium" --proxy-server=127.0.0.1:9 --enable-logging=stderr --v=0 "$@" 2>>"$work/chromium.log"
}

complaints() {
  grep -E "CONSOLE|Refused to|net::ERR|ERR_PROXY" "$work/chromium.log" >"$work/complaints" || true
  "$python" tests/looks.py requests "$work/net.json" >>"$work/complaints"
  cat "$work/complaints"
}

# First that the check sees what it looks for: an error, and a request to elsewhere.
for fault in "<script>console.error('deliberate')</script>" '<img src="http://elsewhere.invalid/x.png">'; do
  printf '<!doctype html><title>fault</title>%s' "$fault" >"$work/fault.html"
  : >"$work/chromium.log"
  browser --virtual-time-budget=2000 --dump-dom "file://$work/fault.html" >/dev/null
  [ -n "$(complaints)" ] || { cat "$work/chromium.log"; fail "Chromium says nothing of $fault"; }
done

# Words that spreadsheets mangle, a cell of 40,000 characters, and words that are markup.
"$python" tests/looks.py make "$work/nasty"
for corpus in input "$work/nasty"; do
  out="$work/$(basename "$corpus")-out"
  byline run "$corpus" -o "$out" --quiet --format csv,html,xlsx
  byline run "$corpus" -o "$out-again" --quiet --format csv,html,xlsx --threads 1

  cmp "$out/byline.xlsx" "$out-again/byline.xlsx" || fail "two runs give two workbooks"
  cmp "$out/report.html" "$out-again/report.html" || fail "two runs give two pages"
  "$python" tests/looks.py workbook "$out"
  office --convert-to pdf --outdir "$work/pdf" "$out/byline.xlsx"
  pdftoppm -r 40 -gray -f 1 -l 3 "$work/pdf/byline.pdf" "$work/pdf/$(basename "$corpus")"
  for image in "$work/pdf/$(basename "$corpus")"-*1.pgm; do "$python" tests/looks.py ink "$image"; done

  "$python" tests/looks.py page "$out"
  : >"$work/chromium.log"
  browser --dump-dom "file://$out/report.html" >"$work/dom.html"
  [ -z "$(complaints)" ] || { cat "$work/complaints"; fail "Chromium complains of the page"; }
  "$python" tests/looks.py dom "$work/dom.html"
  # No script has a part in it: what is shown is what is in the file.
  diff <("$python" tests/looks.py text "$out/report.html") <("$python" tests/looks.py text "$work/dom.html") >"$work/diff" || { head "$work/diff"; fail "Chromium shows another text than the file has"; }
  browser "--print-to-pdf=$work/page.pdf" --no-pdf-header-footer "file://$out/report.html" >/dev/null
  pdftoppm -r 40 -gray -f 1 -l 1 "$work/page.pdf" "$work/page"
  for image in "$work"/page-*.pgm; do "$python" tests/looks.py ink "$image"; rm "$image"; done
done
grep -q "xlsx: .*cut at that length" "$work/nasty-out/run.json" || fail "a cut cell is not said"

if [ "${BYLINE_LOOKS_LARGE:-1}" != 0 ]; then
  # A table of 1,048,600 rows goes on in a second sheet, and says so.
  "$python" tests/looks.py large "$work/large.jsonl"
  byline run "$work/large.jsonl" -o "$work/large-out" --quiet --tables metadata --format csv,xlsx --boilerplate keep --duplicates keep
  "$python" tests/looks.py split "$work/large-out"
fi
echo "looks: openpyxl and LibreOffice read the workbook, Chromium the page: nothing changed, loaded or run"
