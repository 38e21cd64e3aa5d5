# shellcheck shell=bash
# What the services share: processes, ports, waiting, logs. Sourced by scripts/services.
#
# Each service's part defines:
#   NAME_prepare  install or create what its start needs      NAME_ready    does it answer?
#   NAME_launch   start the process by launch()               NAME_version  the running server's version
#   NAME_note     a remark for its status line                NAME_purge    delete its data
#   NAME_settle   work after the first answer                 NAME_swept    clean up after its process has ended

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
  warn "services: $*"
  exit 1
}

# Two runs at once (say, two test suites calling 'up') take turns instead of starting everything twice.
take_lock() {
  exec 9>>"$STATE_DIR/lock"
  flock -n 9 && return
  say "waiting for another run of scripts/services"
  flock -w 900 9 || die "another run of scripts/services holds $STATE_DIR/lock"
}

# ---- processes ----------------------------------------------------------------------------------------------------

# A process that has ended but whose parent has not collected it counts as gone.
is_alive() { grep -qsE '^State:[[:space:]]+[^ZX]' "/proc/$1/status"; }

# The pid file has three lines: the pid, the port, and an argument of the command line (its data directory or a file
# there). A pid is ours only if that argument is still on its command line: pids are reused.
running_pid() {
  local record=()
  [[ -f $RUN_DIR/$1.pid ]] || return 1
  mapfile -t record <"$RUN_DIR/$1.pid"
  ((${#record[@]} == 3)) || return 1
  is_alive "${record[0]}" || return 1
  grep -qszxF -- "${record[2]}" "/proc/${record[0]}/cmdline" || return 1
  printf '%s\n' "${record[0]}"
}

# The port a running service was started with; for one that is down, the port it would get.
recorded_port() {
  if running_pid "$1" >/dev/null; then
    sed -n 2p "$RUN_DIR/$1.pid"
  else
    printf '%s\n' "${SERVICE_PORT[$1]}"
  fi
}

# launch SERVICE MARKER COMMAND...   MARKER: see running_pid.
# The process gets a session of its own and none of our file descriptors: it outlives this script and the terminal, and
# whoever reads this script's output to its end is not kept waiting.
launch() {
  local service=$1 marker=$2 log=$LOG_DIR/$1.log fd
  shift 2
  say "${LABEL[$service]}: starting on port ${SERVICE_PORT[$service]}"
  : >"$log"
  (
    cd /
    exec </dev/null >>"$log" 2>&1
    for fd in "/proc/$BASHPID/fd/"*; do
      fd=${fd##*/}
      if ((fd > 2)); then exec {fd}>&-; fi
    done
    exec setsid "$@"
  ) &
  printf '%s\n' "$!" "${SERVICE_PORT[$service]}" "$marker" >"$RUN_DIR/$service.pid"
}

await_ready() {
  local service=$1 pid began=$SECONDS report=5 limit=${PATIENCE[$1]}
  pid=$(head -n 1 "$RUN_DIR/$service.pid")
  until "${service}_ready"; do
    if ! is_alive "$pid"; then
      warn "services: ${LABEL[$service]} ended while it was starting"
      show_log "$service"
      rm -f "$RUN_DIR/$service.pid"
      return 1
    fi
    if ((SECONDS - began >= limit)); then
      warn "services: ${LABEL[$service]} did not answer within $limit s; stopping it"
      show_log "$service"
      stop_service "$service" || true
      return 1
    fi
    if ((SECONDS - began >= report)); then
      say "${LABEL[$service]}: still starting ($report s)"
      report=$((report + 5))
    fi
    sleep 0.2
  done
  "${service}_settle"
}

# waits_out SECONDS PID...: have all of them ended in time?
waits_out() {
  local deadline=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while is_alive "$pid"; do
      ((SECONDS < deadline)) || return 1
      sleep 0.1
    done
  done
}

stop_service() {
  local service=$1 pid
  if pid=$(running_pid "$service"); then
    kill -s "${STOP_SIGNAL[$service]}" "$pid" 2>/dev/null || true
    if ! waits_out 60 "$pid"; then
      warn "${LABEL[$service]}: still there after 60 s; killing it (pid $pid)"
      kill -s KILL "$pid" 2>/dev/null || true
      if ! waits_out 10 "$pid"; then
        warn "services: ${LABEL[$service]} (pid $pid) cannot be stopped"
        return 1
      fi
    fi
    say "${LABEL[$service]}: stopped (pid $pid)"
  else
    say "${LABEL[$service]}: not running"
  fi
  rm -f "$RUN_DIR/$service.pid"
  "${service}_swept"
}

# The lines that tell the cause: the first that name an error, and the last ones.
show_log() {
  local log=$LOG_DIR/$1.log
  [[ -s $log ]] || return 0
  {
    grep -m 5 -E 'FATAL|PANIC|Exception|Error|Caused by' "$log" || true
    printf -- '---- the last lines of %s\n' "$log"
    tail -n 15 "$log"
  } >&2
}

# ---- ports --------------------------------------------------------------------------------------------------------

check_ports() {
  local service port
  local -A seen=()
  for service in "${SERVICES[@]}"; do
    port=${SERVICE_PORT[$service]}
    if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
      die "${PORT_VARIABLE[$service]}=$port is not a port"
    fi
    [[ -z ${seen[$port]:-} ]] || die "${seen[$port]} and ${PORT_VARIABLE[$service]} are both $port"
    seen[$port]=${PORT_VARIABLE[$service]}
  done
}

require_free_port() {
  local port=${SERVICE_PORT[$1]} owner=
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
  if command -v ss >/dev/null; then
    owner=$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*(("\([^"]*\)",pid=\([0-9]*\).*/ (\1, pid \2)/p' | head -n 1)
  fi
  die "port $port for ${LABEL[$1]} is taken by another process$owner; stop that or set ${PORT_VARIABLE[$1]} to a free port"
}
