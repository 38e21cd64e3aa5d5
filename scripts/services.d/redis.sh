# shellcheck shell=bash
# Redis, for the job queue and the caches.

REDIS_HOME=$STATE_DIR/redis
REDIS_CONFIG=$REDIS_HOME/redis.conf

redis_prepare() {
  mkdir -p "$REDIS_HOME"
  chmod 700 "$REDIS_HOME"
  # appendonly: queued jobs survive a restart. noeviction: BullMQ's keys must never be dropped for want of memory.
  # set-proc-title no: the command line keeps the path of this file, by which running_pid knows the process.
  cat >"$REDIS_CONFIG" <<CONFIG
bind 127.0.0.1
port ${SERVICE_PORT[redis]}
protected-mode yes
daemonize no
set-proc-title no
dir "$REDIS_HOME"
logfile ""
save ""
appendonly yes
appendfsync everysec
maxmemory 256mb
maxmemory-policy noeviction
CONFIG
}

redis_launch() { launch redis "$REDIS_CONFIG" "$(command -v redis-server)" "$REDIS_CONFIG"; }

redis_ask() { timeout 3 redis-cli -h 127.0.0.1 -p "$(recorded_port redis)" "$@" 2>/dev/null; }

redis_ready() { [[ $(redis_ask ping) == PONG ]]; }

redis_settle() { :; }

redis_version() { redis_ask info server | tr -d '\r' | sed -n 's/^redis_version://p'; }

redis_note() { :; }

redis_swept() { :; }

redis_purge() { rm -rf "$REDIS_HOME"; }
