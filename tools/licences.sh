#!/usr/bin/env bash
# Writes THIRD-PARTY.md: every module linked into the program, with its licence.
set -euo pipefail
cd "$(dirname "$0")/.."

{
  echo "# Third-party software"
  echo
  echo "Made by tools/licences.sh. Fonts: Noto Sans SC, OFL-1.1, see assets/fonts/OFL.txt."
  CGO_ENABLED=0 go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./... |
    sort -u | while read -r path version dir; do
    echo
    echo "## $path $version"
    find "$dir" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' \) | sort | while read -r f; do
      echo
      echo '```'
      tr -d '\r' <"$f"
      echo '```'
    done
  done
} >THIRD-PARTY.md
