# shellcheck shell=bash
# PostgreSQL: a cluster of our own, apart from Debian's.

POSTGRES_VERSION=15
POSTGRES_HOME=$STATE_DIR/postgres
# For a clone beneath a directory that the user postgres may not enter, such as /root.
POSTGRES_FAR_BASE=/var/lib/tradewind-services
POSTGRES_FAR_HOME=$POSTGRES_FAR_BASE/$(printf '%s' "$STATE_DIR" | sha256sum | cut -c1-12)

postgres_bin_dir() {
  local dir on_path
  on_path=$(command -v postgres || true)
  for dir in "/usr/lib/postgresql/$POSTGRES_VERSION/bin" "${on_path%/postgres}"; do
    if [[ -x $dir/initdb && $("$dir/postgres" --version) == *" $POSTGRES_VERSION."* ]]; then
      printf '%s\n' "$dir"
      return
    fi
  done
  return 1
}

# PostgreSQL refuses to run as root. setpriv, unlike su, replaces itself by the command: the pid stays the same.
POSTGRES_AS=()
if ((EUID == 0)); then
  POSTGRES_AS=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

postgres_is_far() {
  ((EUID == 0)) || return 1
  [[ ! -f $POSTGRES_HOME/PG_VERSION ]] || return 1
  [[ ! -f $POSTGRES_FAR_HOME/postgres/PG_VERSION ]] || return 0
  ! "${POSTGRES_AS[@]}" test -x "$STATE_DIR" 2>/dev/null
}

postgres_data_dir() {
  if postgres_is_far; then printf '%s\n' "$POSTGRES_FAR_HOME/postgres"; else printf '%s\n' "$POSTGRES_HOME"; fi
}

# For loopback only. No word that stands elsewhere: the tests look for it in what must not show it.
POSTGRES_PASSWORD=loopback-only-password

postgres_url() {
  printf 'postgres://tradewind:%s@127.0.0.1:%s/%s\n' "$POSTGRES_PASSWORD" "$(recorded_port postgres)" "$1"
}

postgres_sql() { # DATABASE SQL
  PGCONNECT_TIMEOUT=3 PGOPTIONS='' psql -XAtq -v ON_ERROR_STOP=1 -d "$(postgres_url "$1")" -c "$2"
}

postgres_prepare() {
  local bin data fresh secret log=$LOG_DIR/postgres-initdb.log
  bin=$(postgres_bin_dir) || die "PostgreSQL $POSTGRES_VERSION is not installed; this system's packages have another version"
  data=$(postgres_data_dir)
  postgres_clear "$data" || exit 1
  [[ ! -f $data/PG_VERSION ]] || return 0

  say "PostgreSQL: creating the cluster in $data"
  if postgres_is_far; then
    mkdir -p "$POSTGRES_FAR_HOME"
    chmod 755 "$POSTGRES_FAR_BASE" "$POSTGRES_FAR_HOME"
    printf '%s\n' "$STATE_DIR" >"$POSTGRES_FAR_HOME/belongs-to"
  fi
  # Made beside its place and moved there when complete, so that an interrupted initdb leaves nothing that looks finished.
  fresh=$data.new
  rm -rf "$fresh" "$data"
  mkdir -m 700 "$fresh"
  secret=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" >"$secret"
  if ((EUID == 0)); then chown postgres: "$fresh" "$secret"; fi
  if ! (cd / && "${POSTGRES_AS[@]}" "$bin/initdb" -D "$fresh" -U tradewind --pwfile="$secret" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 >"$log" 2>&1); then
    tail -n 15 "$log" >&2
    rm -rf "$fresh" "$secret"
    die "initdb failed"
  fi
  rm -f "$secret"
  mv "$fresh" "$data"
}

# fsync and synchronous_commit keep their defaults (on): the crash tests rely on them.
postgres_launch() {
  local data
  data=$(postgres_data_dir)
  launch postgres "$data" "${POSTGRES_AS[@]}" "$(postgres_bin_dir)/postgres" -D "$data" \
    -c listen_addresses=127.0.0.1 \
    -c port="${SERVICE_PORT[postgres]}" \
    -c unix_socket_directories= \
    -c shared_buffers=256MB \
    -c max_connections=200 \
    -c shared_preload_libraries=pg_stat_statements \
    -c track_io_timing=on \
    -c log_line_prefix='%m [%p] %d '
}

postgres_ready() { [[ $(postgres_sql postgres 'select 1' 2>/dev/null) == 1 ]]; }

# pg_stat_statements goes into the database postgres only. Its view there shows the statements of every database, and
# TypeORM's dropSchema fails on a database that has it (it tries to drop the extension's view).
postgres_settle() {
  [[ $(postgres_sql postgres "select 1 from pg_database where datname = 'tradewind'") == 1 ]] ||
    postgres_sql postgres 'create database tradewind' || return
  postgres_sql postgres 'set client_min_messages = warning; create extension if not exists pg_stat_statements'
}

postgres_version() { postgres_sql postgres "select split_part(current_setting('server_version'), ' ', 1)"; }

postgres_note() {
  if [[ -f $POSTGRES_FAR_HOME/postgres/PG_VERSION ]] && postgres_is_far; then
    printf '  data in %s: the user postgres may not enter %s' "$POSTGRES_FAR_HOME/postgres" "$STATE_DIR"
  fi
}

# Server processes that work in the data directory: the server enters it at its start, and so does each of its children.
postgres_processes() {
  local process name
  for process in /proc/[0-9]*; do
    [[ $process/cwd -ef $1 ]] || continue
    { read -r name <"$process/comm"; } 2>/dev/null || continue
    [[ $name == postgres ]] || continue
    if is_alive "${process#/proc/}"; then printf '%s\n' "${process#/proc/}"; fi
  done
}

# For when our server has ended. A backend in the middle of a long query outlives a killed server and holds its shared
# memory, so that no new one can start.
postgres_clear() {
  local data=$1 lock=$1/postmaster.pid server='' orphans=()
  if [[ -f $lock ]]; then server=$(head -n 1 "$lock"); fi
  mapfile -t orphans < <(postgres_processes "$data")
  if ((${#orphans[@]})); then
    # A server that this script has no record of is somebody else's.
    if [[ -n $server && " ${orphans[*]} " == *" $server "* ]]; then
      warn "services: another PostgreSQL (pid $server) works in $data; stop that first"
      return 1
    fi
    postgres_end_orphans "${orphans[@]}" || return
  fi
  # PostgreSQL would take the pid there for a running server as long as nobody has collected the killed one.
  if [[ -n $server ]] && ! is_alive "$server"; then rm -f "$lock"; fi
}

postgres_end_orphans() {
  # Idle ones notice by themselves that the server is gone.
  waits_out 5 "$@" && return
  say "PostgreSQL: ending what a killed server left behind (pid $*)"
  kill -s QUIT "$@" 2>/dev/null || true
  waits_out 5 "$@" && return
  kill -s KILL "$@" 2>/dev/null || true
  waits_out 5 "$@" && return
  warn "services: processes of a killed PostgreSQL cannot be ended: $*"
  return 1
}

postgres_swept() { postgres_clear "$(postgres_data_dir)"; }

postgres_purge() {
  rm -rf "$POSTGRES_HOME" "$POSTGRES_HOME.new"
  [[ -d $POSTGRES_FAR_HOME ]] || return 0
  rm -rf "$POSTGRES_FAR_HOME"
  rmdir --ignore-fail-on-non-empty "$POSTGRES_FAR_BASE"
}
