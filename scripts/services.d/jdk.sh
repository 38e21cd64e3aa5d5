# shellcheck shell=bash
# OpenSearch 3 needs a JDK 21 or newer, and the launcher is compiled with it.

JDK_MINIMUM=21

# The feature version of the JDK in a directory, such as 25; nothing when there is no JDK with a compiler.
jdk_feature() {
  local version
  [[ -n $1 && -x $1/bin/java && -x $1/bin/javac ]] || return 0
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release" 2>/dev/null || true)
  [[ -n $version ]] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' || true)
  version=${version#1.} # Java 8 calls itself 1.8
  if [[ $version =~ ^[0-9]+ ]]; then printf '%s\n' "${BASH_REMATCH[0]}"; fi
}

# Prints the home of the newest JDK; fails when that is too old.
newest_jdk() {
  local home feature best=0 best_home='' on_path candidates
  on_path=$(readlink -f "$(command -v javac || true)" || true)
  candidates=("${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* "${on_path%/bin/javac}")
  if [[ -n ${TRADEWIND_JAVA_HOME:-} ]]; then candidates=("$TRADEWIND_JAVA_HOME"); fi
  for home in "${candidates[@]}"; do
    feature=$(jdk_feature "$home")
    if ((${feature:-0} > best)); then
      best=$feature
      best_home=$home
    fi
  done
  printf '%s\n' "$best_home"
  ((best >= JDK_MINIMUM))
}

# Prints the home of a JDK that will do, installing Debian's where there is one.
require_jdk() {
  local home package=openjdk-$JDK_MINIMUM-jdk-headless
  if home=$(newest_jdk); then
    printf '%s\n' "$home"
    return
  fi
  if apt-cache show "$package" >/dev/null 2>&1; then
    install_packages "$package" >&2
    if home=$(newest_jdk); then
      printf '%s\n' "$home"
      return
    fi
  fi
  die "OpenSearch needs a JDK $JDK_MINIMUM or newer with javac; the newest found is ${home:-none}. Debian 12 has only 17: install Temurin 21 or 25 and set TRADEWIND_JAVA_HOME to it"
}
