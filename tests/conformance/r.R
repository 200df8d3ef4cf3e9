# Reads tables as the README says and writes every cell on a line of its own, for r.py to compare.
# r.R READER FROM TO [FROM TO ...]; a missing value is written as a line of U+0001.
arguments <- commandArgs(trailingOnly = TRUE)
reader <- arguments[1]
paths <- matrix(arguments[-1], nrow = 2)
read <- switch(reader,
  read.csv = function(path) read.csv(path, colClasses = "character", na.strings = character(0), check.names = FALSE, fileEncoding = "UTF-8-BOM"),
  readr = function(path) readr::read_csv(path, col_types = readr::cols(.default = "c"), na = character(), trim_ws = FALSE, progress = FALSE),
  fread = function(path) data.table::fread(path, colClasses = "character", na.strings = NULL, encoding = "UTF-8", strip.white = FALSE, sep = ","),
  stop("no such reader"))
for (at in seq_len(ncol(paths))) {
  table <- as.data.frame(read(paths[1, at]))
  out <- file(paths[2, at], open = "wb")
  for (column in table) {
    cells <- enc2utf8(as.character(column))
    cells[is.na(cells)] <- "\001"
    writeLines(cells, out, sep = "\n", useBytes = TRUE)
  }
  close(out)
}
types <- if (reader == "readr") sapply(readr::read_csv(paths[1, 1], show_col_types = FALSE), class)
if (!is.null(types)) writeLines(paste(names(types), sapply(types, `[`, 1)))
