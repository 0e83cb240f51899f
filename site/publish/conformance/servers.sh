#!/bin/sh
# Makes sure that the servers are there to which the publishing tests publish:
# OpenSSH and nginx from Debian's packages, and an S3 server that is compiled
# once into .bin/tools. As root on Debian it installs what is missing; elsewhere
# it says so. Arguments are further Debian packages that are programs.
set -eu
cd "$(dirname "$0")/../../.."

versitygw=github.com/versity/versitygw/cmd/versitygw@v1.8.0

missing=
need() {
	PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" >/dev/null || missing="$missing $2"
}
need sshd openssh-server
need ssh-keygen openssh-client
need ssh-agent openssh-client
need nginx nginx-light
for program in "$@"; do
	need "$program" "$program"
done

if [ -n "$missing" ]; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "the publishing tests need$missing (names of Debian packages): install them" >&2
		exit 1
	fi
	echo "installing$missing for the publishing tests" >&2
	# The tests start their own servers; those of the packages stay off.
	policy=/usr/sbin/policy-rc.d
	if [ ! -e "$policy" ]; then
		trap 'rm -f "$policy"' EXIT
		printf '#!/bin/sh\nexit 101\n' >"$policy"
		chmod 755 "$policy"
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	# shellcheck disable=SC2086
	apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if [ ! -x .bin/tools/versitygw ]; then
	echo "compiling versitygw, the S3 server of the publishing tests, once" >&2
	GOBIN="$PWD/.bin/tools" "${GO:-go}" install "$versitygw" || {
		echo "versitygw, the S3 server of the publishing tests, cannot be had: go install $versitygw" >&2
		exit 1
	}
fi
