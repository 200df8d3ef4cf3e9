#!/usr/bin/env bash
# Reads byline's tables with the programs that people open them in, under every option that changes how they are written,
# and fails on the first value that is not what it should be. Installs its consumers from the registries when they are
# missing, and fails loudly when that is not possible. The numbers are those of shared/design/spreadsheets.md, section 8.
#
# To add a check: write tests/conformance/x.py, which reads the runs below, and add its name to CHECKS.
set -euo pipefail
cd "$(dirname "$0")/.."

CHECKS=(bytes readers r packages libreoffice parquet network commands)

declare -A APT=(
  [soffice]=libreoffice-calc [pdftoppm]=poppler-utils [Rscript]=r-base-core [mlr]=miller [sqlite3]=sqlite3
  [xmllint]=libxml2-utils
)
missing=()
for tool in "${!APT[@]}"; do command -v "$tool" >/dev/null || missing+=("${APT[$tool]}"); done
has_r() { Rscript -e 'quit(status = !all(c("readr", "data.table") %in% rownames(installed.packages())))' >/dev/null 2>&1; }
has_r || missing+=(r-base-core r-cran-readr r-cran-data.table)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
for tool in "${!APT[@]}"; do
  command -v "$tool" >/dev/null || { echo "conformance: $tool (${APT[$tool]}) cannot be installed"; exit 1; }
done
has_r || { echo "conformance: readr and data.table cannot be installed"; exit 1; }

venv=$(realpath -m "${BYLINE_CONSUMERS_VENV:-target/conformance-venv}")
imports='import pandas, polars, duckdb, pyarrow, openpyxl, networkx, frictionless, csvw, csvkit'
if ! "$venv/bin/python" -c "$imports" 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check pandas==3.1.1 polars==2.1.0 duckdb==2.0.0 pyarrow==26.0.1 \
    openpyxl==3.1.5 networkx==3.6.1 frictionless==5.21.0 csvw==4.1.1 csvkit==2.2.0
fi
"$venv/bin/python" -c "$imports" || { echo "conformance: the Python packages cannot be installed"; exit 1; }
export PATH="$venv/bin:$PATH"

cargo build --release --quiet --locked --features parquet
BYLINE=$(realpath "${CARGO_TARGET_DIR:-target}/release/byline")
export BYLINE

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python tests/conformance/nasty.py "$work/nasty"
mkdir "$work/nothing" "$work/single"
printf 'Ferry opens\n\n3 May 2024\n\nHelen Marsh opened the ferry. “It is excellent,” Marsh said.\n' >"$work/single/a.txt"
write() { # NAME INPUT OPTIONS
  local name=$1 input=$2
  shift 2
  "$BYLINE" run "$input" -o "$work/$name" --quiet --csvw --keyness-top 20 "$@"
}
write spreadsheet "$work/nasty" --format csv,jsonl,parquet
write data "$work/nasty" --csv-profile data
write european "$work/nasty" --delimiter ';' --decimal-comma --crlf
write split "$work/nasty" --delimiter tab --split-rows 50 --formula-guard strict
write lines "$work/nasty" --keep-newlines --split-rows 50
write empty "$work/nothing" --format csv,jsonl,parquet
write one "$work/single" --format csv,jsonl
write terms "$work/nasty" --network term --stopwords none
cp -r output "$work/sample"
write sample input --force
for check in "${CHECKS[@]}"; do
  python "tests/conformance/$check.py" "$work"
done
# Checks 6 and 8: the workbook and the page.
bash tests/looks.sh
