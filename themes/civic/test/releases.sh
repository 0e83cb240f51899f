#!/bin/sh
# Makes two signed releases of a portal, the example, so that there are pages of
# releases and snapshots to look at: releases.sh PROGRAM PORTAL
set -eu
rectify=$1 portal=$2
key=$portal/release.key
today=$(TZ=CST-8 date +%Y-%m-%d)

release() {
	"$rectify" approve -C "$portal" -q "$1" >/dev/null
	record=$portal/data/releases/$1.yaml
	sed "s/{who: , on: }/{who: 示例岗位, on: $today}/" "$record" >"$record.new"
	mv "$record.new" "$record"
	"$rectify" release -C "$portal" -q --key release.key "$1" >/dev/null
}

"$rectify" key new -C "$portal" -q --name 示例公布密钥 --out release.key >/dev/null
release first
cat >>"$portal/data/reports/wenhua-xuncha-2025/issues/1-1-2.yaml" <<'END'
result: 示例局已经逐项核对，全部登记。
END
"$rectify" snapshot -C "$portal" -q zip first >/dev/null
release second
for kind in zip wacz; do
	"$rectify" snapshot -C "$portal" -q $kind second second.$kind >/dev/null
done
