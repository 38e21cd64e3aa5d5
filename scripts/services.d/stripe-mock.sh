# shellcheck shell=bash
# Stripe's own mock server: it refuses each request that Stripe's published API does not know. It has no state.

STRIPE_MOCK_VERSION=0.197.0
STRIPE_MOCK_GO=1.22
STRIPE_MOCK_HOME=$STATE_DIR/stripe-mock
STRIPE_MOCK_BIN=$STRIPE_MOCK_HOME/$STRIPE_MOCK_VERSION/stripe-mock

stripe_mock_prepare() {
  local log=$LOG_DIR/stripe-mock-build.log go_version
  [[ ! -x $STRIPE_MOCK_BIN ]] || return 0
  go_version=$(go env GOVERSION 2>/dev/null || true)
  if [[ $(printf '%s\n' "$STRIPE_MOCK_GO" "${go_version#go}" | sort -V | head -n 1) != "$STRIPE_MOCK_GO" ]]; then
    die "stripe-mock needs Go $STRIPE_MOCK_GO or newer; found ${go_version:-none}. Install it, or leave stripe_mock out of TRADEWIND_SERVICES"
  fi

  say "stripe-mock: building it with Go (log: $log)"
  mkdir -p "${STRIPE_MOCK_BIN%/*}"
  if ! GOBIN=$STRIPE_MOCK_HOME/build GOFLAGS=-mod=mod \
    timeout 600 go install "github.com/stripe/stripe-mock@v$STRIPE_MOCK_VERSION" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "stripe-mock could not be built"
  fi
  mv "$STRIPE_MOCK_HOME/build/stripe-mock" "$STRIPE_MOCK_BIN"
}

stripe_mock_launch() {
  launch stripe_mock "$STRIPE_MOCK_BIN" "$STRIPE_MOCK_BIN" -http-addr "127.0.0.1:${SERVICE_PORT[stripe_mock]}"
}

stripe_mock_url() { printf 'http://127.0.0.1:%s\n' "$(recorded_port stripe_mock)"; }

stripe_mock_ready() {
  curl -sf -m 3 --noproxy '*' -o /dev/null -u sk_test_ready: "$(stripe_mock_url)/v1/customers?limit=1"
}

stripe_mock_settle() { :; }

stripe_mock_version() { printf '%s\n' "$STRIPE_MOCK_VERSION"; }

stripe_mock_note() { :; }

stripe_mock_swept() { :; }

stripe_mock_purge() { rm -rf "$STRIPE_MOCK_HOME"; }
