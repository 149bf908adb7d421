#!/bin/bash
# ./packages.sh SECTION...    installs what packages.txt names in these sections and the machine lacks,
#                             with sudo when not root; nothing to do, nothing printed
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$(realpath "$0")")"
policy=/usr/sbin/policy-rc.d

wanted_packages() { # SECTION...
  local section
  for section; do sed -n "/^\[$section\]/,/^\[/{/^[a-z]/p}" packages.txt; done | sort -u
}

installed_packages() {
  dpkg-query -W -f '${Package} ${db:Status-Status}\n' | sed -n 's/ installed$//p' | sort -u
}

fail() { # WHY
  printf '%s. As root:\n\n  apt-get update\n  apt-get install --no-install-recommends %s\n' "$1" "${missing[*]}" >&2
  exit 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=1 "$@"
}

has_unit() { [ -e "/lib/systemd/system/$1.service" ]; }

# Mail servers are here to be tested against, not to serve: neither now (policy-rc.d is the Debian Policy's
# own switch) nor after the next boot.
install_kept_down() { # PACKAGE...
  local service services=()
  for service in postfix dovecot nsd; do has_unit $service || services+=("$service"); done
  if [ ! -e $policy ]; then
    trap 'as_root rm -f $policy' EXIT
    as_root install -m 755 /dev/stdin $policy <<<$'#!/bin/sh\nexit 101'
  fi
  apt install -y -qq --no-install-recommends "$@" || return 1
  for service in "${services[@]}"; do
    if has_unit "$service"; then as_root update-rc.d "$service" disable; fi
  done
}

mapfile -t missing < <(comm -23 <(wanted_packages "$@") <(installed_packages))
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "Packages are missing, and there is no sudo"
echo "Installing ${#missing[@]} packages; it takes a minute or two:"
fold -sw 96 <<<"${missing[*]}" | sed 's/^/  /; s/ $//'
as_root true || fail "Packages are missing, and sudo refuses"
apt update -qq >/dev/null 2>&1 || true # the lists that are there may do
said=$(install_kept_down "${missing[@]}" 2>&1) || {
  grep -m 3 '^E: ' <<<"$said" >&2 || echo "$said" >&2
  fail "The packages could not be installed"
}
