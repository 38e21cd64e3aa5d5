# shellcheck shell=bash
# OpenSearch: the server's jars from Maven Central and a small launcher, as there is no Debian package.

OPENSEARCH_SOURCE=$PARTS_DIR/opensearch
OPENSEARCH_HOME=$STATE_DIR/opensearch
OPENSEARCH_DIST=$STATE_DIR/opensearch-dist
OPENSEARCH_JDK= # found by opensearch_prepare

opensearch_prepare() {
  OPENSEARCH_JDK=$(require_jdk)
  local stamp fresh=$OPENSEARCH_DIST.new log=$LOG_DIR/opensearch-build.log
  stamp=$({ cat "$OPENSEARCH_SOURCE/pom.xml" "$OPENSEARCH_SOURCE/OpenSearchNode.java" && printf '%s' "$OPENSEARCH_JDK"; } | sha256sum)
  [[ ! -f $OPENSEARCH_DIST/stamp || $(<"$OPENSEARCH_DIST/stamp") != "$stamp" ]] || return 0

  say "OpenSearch: fetching its jars by Maven, about 80 MB the first time (log: $log)"
  rm -rf "$fresh"
  mkdir -p "$fresh/classes"
  if ! opensearch_build "$fresh" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "OpenSearch could not be fetched or its launcher not compiled"
  fi
  rm -rf "$fresh/classes" "$OPENSEARCH_DIST"
  printf '%s\n' "$stamp" >"$fresh/stamp"
  mv "$fresh" "$OPENSEARCH_DIST"
}

opensearch_build() { # DIRECTORY
  timeout 900 mvn -B -q -f "$OPENSEARCH_SOURCE/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$1/lib" &&
    "$OPENSEARCH_JDK/bin/javac" -proc:none -cp "$1/lib/*" -d "$1/classes" "$OPENSEARCH_SOURCE/OpenSearchNode.java" &&
    # A jar, as the JVM's class archive (below) takes no directories.
    "$OPENSEARCH_JDK/bin/jar" --create --file "$1/lib/00-launcher.jar" -C "$1/classes" .
}

# The short JVM flags trade peak speed for a quick start and little memory. The class archive, which the JVM writes at
# its first orderly end, makes later starts quicker; it needs the class path in a fixed order, which a glob has.
opensearch_launch() {
  local jars=("$OPENSEARCH_DIST"/lib/*.jar) class_path
  class_path=$(IFS=: && printf '%s' "${jars[*]}")
  # Left there by a killed server.
  rm -rf "$OPENSEARCH_HOME/tmp"
  mkdir -p "$OPENSEARCH_HOME/tmp"
  launch opensearch "$OPENSEARCH_HOME" "$OPENSEARCH_JDK/bin/java" \
    -Xms512m -Xmx512m -Xss1m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$OPENSEARCH_DIST/classes.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off \
    --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Djava.io.tmpdir="$OPENSEARCH_HOME/tmp" \
    -Dlog4j2.configurationFile="$OPENSEARCH_SOURCE/log4j2.properties" -Dlog4j2.disable.jmx=true \
    -Dio.netty.noUnsafe=true -Dslf4j.internal.verbosity=ERROR \
    -cp "$class_path" OpenSearchNode "$OPENSEARCH_HOME" "${SERVICE_PORT[opensearch]}"
}

opensearch_get() { curl -sf -m 5 --noproxy '*' "http://127.0.0.1:$(recorded_port opensearch)$1"; }

opensearch_ready() { opensearch_get '/_cluster/health?wait_for_status=yellow&timeout=4s' >/dev/null; }

opensearch_settle() { :; }

opensearch_version() { opensearch_get / | sed -n 's/.*"number" : "\([^"]*\)".*/\1/p'; }

opensearch_note() { :; }

opensearch_swept() { :; }

opensearch_purge() { rm -rf "$OPENSEARCH_HOME"; }
