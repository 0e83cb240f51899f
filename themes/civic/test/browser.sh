#!/bin/sh
# Makes sure that the browser tests have Chromium and a Chinese font. As root on
# Debian it installs them; elsewhere it says what is missing.
set -eu

chromium=
for program in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
	if [ -n "$program" ] && [ -x "$program" ]; then
		chromium=$program
		break
	fi
done

font=
if command -v fc-list >/dev/null 2>&1; then
	font=$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)
elif [ -d /usr/share/fonts/opentype/noto ]; then
	font=noto
fi

[ -z "$chromium" ] || [ -z "$font" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing Chromium and a Chinese font for the browser tests" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
	exit 0
fi

[ -n "$chromium" ] || echo "Chromium is missing: install it, or set CHROMIUM to the program" >&2
[ -n "$font" ] || echo "A Chinese font is missing (Debian: fonts-noto-cjk): pages would show boxes" >&2
exit 1
