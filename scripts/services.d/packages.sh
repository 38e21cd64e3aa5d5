# shellcheck shell=bash
# Debian packages: installs those whose programs are missing, without letting them start services of their own.

ensure_packages() {
  local missing=() service
  for service in "${SERVICES[@]}"; do
    case $service in
      postgres) postgres_bin_dir >/dev/null || missing+=(postgresql) ;;
      redis) command -v redis-server >/dev/null && command -v redis-cli >/dev/null || missing+=(redis-server) ;;
      opensearch) command -v mvn >/dev/null || missing+=(maven) ;;
      localstripe) python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv) ;;
      # Debian's Go is too old for it: stripe_mock_prepare says what is needed.
      stripe_mock) ;;
    esac
  done
  command -v curl >/dev/null || missing+=(curl)
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

as_admin() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

install_packages() {
  local log=$LOG_DIR/packages.log
  command -v apt-get >/dev/null || die "please install: $* (this script installs by apt-get only)"
  as_admin true 2>/dev/null || die "please install as root: apt-get install $*"
  say "installing $* (log: $log)"
  if ! apt_install "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "apt-get could not install: $*"
  fi
}

# Debian starts a server as soon as its package is installed, unless /usr/sbin/policy-rc.d says no (exit code 101). The
# subshell's trap puts back what was there before, also after Ctrl-C.
apt_install() (
  policy=/usr/sbin/policy-rc.d
  saved=$policy.before-tradewind
  # Only a killed run leaves a saved file behind; then that one is the original.
  if [[ -e $policy && ! -e $saved ]]; then as_admin mv "$policy" "$saved"; fi
  # shellcheck disable=SC2317 # called by the trap
  restore() {
    as_admin rm -f "$policy"
    if [[ -e $saved ]]; then as_admin mv "$saved" "$policy"; fi
  }
  trap restore EXIT
  printf '#!/bin/sh\nexit 101\n' | as_admin tee "$policy" >/dev/null && as_admin chmod 755 "$policy" || exit

  apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
  # 'update' does not wait for the lock of another apt; and a list that is a little old still installs.
  as_admin "${apt[@]}" update || { sleep 10 && as_admin "${apt[@]}" update; } || true
  as_admin "${apt[@]}" install --no-install-recommends "$@"
)
