#!/usr/bin/env bash
# need.sh COMMAND:PACKAGE … installs the Debian packages whose commands are
# missing, or prints the exact line where it may not.
set -euo pipefail

missing=()
for pair in "$@"; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo"
line="$sudo apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null 2>&1 || { [ -n "$sudo" ] && ! sudo -n true 2>/dev/null; }; then
  echo "Missing: ${missing[*]}. On Debian or Ubuntu run:" >&2
  echo "  $line" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
