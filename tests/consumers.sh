#!/usr/bin/env bash
# Reads the committed tables with the programs that people open them in: pandas, polars, DuckDB, LibreOffice; and the network with networkx.
# Installs them from the registries when they are missing; fails loudly when that is not possible.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v soffice >/dev/null; then
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null
fi
command -v soffice >/dev/null || { echo "consumers: LibreOffice cannot be installed"; exit 1; }

venv=${BYLINE_CONSUMERS_VENV:-target/consumers-venv}
if ! "$venv/bin/python" -c 'import pandas, polars, duckdb, openpyxl, networkx' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check pandas==3.1.1 polars==2.1.0 duckdb==2.0.0 openpyxl==3.1.5 networkx==3.6.1
fi

# A corpus whose names, titles and quotations look like what spreadsheets mangle, beside the committed one.
"$venv/bin/python" tests/consumers.py make "$work/nasty"
cargo run --release --quiet --locked -- run "$work/nasty" -o "$work/tables" --quiet

for tables in output "$work/tables"; do
  "$venv/bin/python" tests/consumers.py check "$tables"
  "$venv/bin/python" tests/consumers.py graph "$tables"
  for table in "$tables"/*.csv; do
    # Separator 44, quote 34, UTF-8 (76), first line 1, no column formats, language 0, quoted fields as text.
    soffice --headless "-env:UserInstallation=file://$work/profile" --infilter=CSV:44,34,76,1,,0,true \
      --convert-to xlsx --outdir "$work/xlsx" "$table" >/dev/null 2>"$work/soffice.log" ||
      { cat "$work/soffice.log"; echo "consumers: LibreOffice cannot open $table"; exit 1; }
  done
  "$venv/bin/python" tests/consumers.py sheets "$tables" "$work/xlsx"
  rm -rf "$work/xlsx"
done
bash tests/looks.sh
echo "consumers: pandas, polars, DuckDB and LibreOffice read every table unchanged, and networkx the network"
