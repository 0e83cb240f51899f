#!/bin/sh
# Makes sure that the browser tests have Chromium, a Chinese font, and a reader of
# what it prints. As root on Debian it installs them; elsewhere it says what is
# missing.
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

reader=$(command -v pdftotext || true)

[ -z "$chromium" ] || [ -z "$font" ] || [ -z "$reader" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing Chromium, a Chinese font and poppler-utils for the browser tests" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig poppler-utils >/dev/null
	exit 0
fi

[ -n "$chromium" ] || echo "Chromium is missing: install it, or set CHROMIUM to the program" >&2
[ -n "$font" ] || echo "A Chinese font is missing (Debian: fonts-noto-cjk): pages would show boxes" >&2
[ -n "$reader" ] || echo "pdftotext is missing (Debian: poppler-utils): what is printed cannot be read" >&2
exit 1
