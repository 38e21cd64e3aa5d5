# shellcheck shell=bash
# Localstripe plays Stripe, with its state, for the tests of payments. What it knows ends with it.

LOCALSTRIPE_SOURCE=$PARTS_DIR/localstripe
LOCALSTRIPE_HOME=$STATE_DIR/localstripe

localstripe_prepare() {
  local stamp log=$LOG_DIR/localstripe-install.log
  stamp=$(sha256sum <"$LOCALSTRIPE_SOURCE/requirements.txt")
  [[ ! -f $LOCALSTRIPE_HOME/stamp || $(<"$LOCALSTRIPE_HOME/stamp") != "$stamp" ]] || return 0

  say "localstripe: installing it by pip (log: $log)"
  # An environment knows its own path: it is made at its place, and has a stamp only when it is complete.
  rm -rf "$LOCALSTRIPE_HOME"
  if ! { python3 -m venv "$LOCALSTRIPE_HOME" &&
    timeout 300 "$LOCALSTRIPE_HOME/bin/pip" install --disable-pip-version-check -r "$LOCALSTRIPE_SOURCE/requirements.txt"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "localstripe could not be installed"
  fi
  printf '%s\n' "$stamp" >"$LOCALSTRIPE_HOME/stamp"
}

localstripe_launch() {
  launch localstripe "$LOCALSTRIPE_SOURCE/serve.py" \
    "$LOCALSTRIPE_HOME/bin/python" "$LOCALSTRIPE_SOURCE/serve.py" "${SERVICE_PORT[localstripe]}"
}

localstripe_url() { printf 'http://127.0.0.1:%s\n' "$(recorded_port localstripe)"; }

localstripe_ready() {
  curl -sf -m 3 --noproxy '*' -o /dev/null -u sk_test_ready: "$(localstripe_url)/v1/customers?limit=1"
}

localstripe_settle() { :; }

localstripe_version() { sed -n 's/^localstripe==//p' "$LOCALSTRIPE_SOURCE/requirements.txt"; }

localstripe_note() { :; }

localstripe_swept() { :; }

localstripe_purge() { rm -rf "$LOCALSTRIPE_HOME"; }
