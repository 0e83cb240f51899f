#!/bin/sh
# Makes sure that Firefox is there. As root on Debian it installs it; elsewhere
# the test says what is missing.
set -eu
for program in "${FIREFOX:-}" /usr/bin/firefox-esr /usr/bin/firefox; do
	if [ -n "$program" ] && [ -x "$program" ]; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "installing Firefox ESR for the slow browser tests" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null
fi
