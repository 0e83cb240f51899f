#!/bin/sh
# Makes the example portal in a folder as a site with releases: a first one, and
# a second one with something changed, both signed.
#   sh example.sh RECTIFY FOLDER
set -eu
rectify=$1
dir=$2

release() {
	"$rectify" approve -C "$dir" -q "$1" >/dev/null
	change "$dir/data/releases/$1.yaml" "s/{who: , on: }/{who: 示例, on: $2}/"
	"$rectify" release -C "$dir" -q --key "$dir/release.key" --time "$2 10:00" "$1" >/dev/null
}

change() { # FILE SED
	sed "$2" "$1" >"$dir/changed"
	mv "$dir/changed" "$1"
}

"$rectify" init --example -q "$dir" >/dev/null
"$rectify" key new -C "$dir" -q --name 示例密钥 --out "$dir/release.key" >/dev/null
change "$dir/data/trust.yaml" 's/from: .*/from: 2026-01-01/'
release 2026-01 2026-01-05
change "$(grep -l '^id: 286032' "$dir"/data/reports/*/issues/*.yaml)" 's/^title: .*/&（示例改动）/'
release 2026-02 2026-02-05
