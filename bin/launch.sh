# Sourced by the launchers: finds the installation and a Java 25, builds a fresh checkout first, and
# starts a program. Usage: launch PROGRAM ENTRY_CLASS [JVM_OPTION...] -- [ARG...]

fail() {
  echo "$program: $*" >&2
  exit 1
}

# A JDK or runtime of at least version 25, looked for where people have one.
find_java() {
  local candidate
  for candidate in \
    "$root/runtime/bin/java" \
    "${RISK_JAVA_HOME:+$RISK_JAVA_HOME/bin/java}" \
    "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
    "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java \
    /opt/java/*/bin/java \
    "$HOME"/.sdkman/candidates/java/*/bin/java \
    /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    if [ "$(java_version "$candidate")" -ge 25 ]; then
      echo "$candidate"
      return
    fi
  done
}

# The feature version from the release file beside a runtime: asking the program itself costs a start.
java_version() {
  local release version
  release="$(dirname "$(dirname "$(readlink -f "$1" 2>/dev/null || echo "$1")")")/release"
  version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2>/dev/null)"
  echo "${version:-0}"
}

# In a checkout: builds when nothing is built, or when a source is newer than what was built.
build_if_needed() {
  # Started by another launcher, which has seen to it.
  [ -z "${RISK_ROOT:-}" ] || return 0
  local marker="$root/risk-cli-admin/target/built"
  if [ -f "$marker" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/config \
      -type f -newer "$marker" -print -quit 2>/dev/null)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "this checkout has not been built and Maven is missing; install Maven 3.8 or newer"
  echo "$program: building first (once; about a minute)..." >&2
  local log="$root/target/build.log"
  mkdir -p "$root/target"
  : >"$log"
  (
    cd "$root" || exit 1
    mvn -B -Dmaven.test.skip=true -Dspotless.check.skip -Dformat.skip=true -Denforcer.skip package 2>&1 | tee -a "$log" |
      show_progress
    exit "${PIPESTATUS[0]}"
  ) || { grep -E '^\[ERROR\]' "$log" | head -n 15 >&2; fail "the build failed; the whole log is $log"; }
}

# The modules as they begin, and a line for every fifty files fetched.
show_progress() {
  local line fetched=0
  while IFS= read -r line; do
    case "$line" in
      *"Building Risk Manager"*"["*/*"]"*)
        line="${line#*Building Risk Manager}"
        echo "  [${line##*\[} ${line%%\[*}" | sed -e 's/: //' -e 's/  *$//' -e 's/1\.0\.0[^ ]*//' >&2
        ;;
      *"Downloaded from"*)
        fetched=$((fetched + 1))
        [ $((fetched % 50)) -ne 0 ] || echo "  fetched $fetched files" >&2
        ;;
    esac
  done
}

launch() {
  program="$1"
  local entry="$2"
  shift 2
  local jvm=()
  while [ "$1" != "--" ]; do
    jvm+=("$1")
    shift
  done
  shift
  local java classpath module
  if [ -d "$root/lib" ]; then
    classpath="$(sed "s|@LIB@|$root/lib|g" "$root/lib/$program.classpath")"
  else
    build_if_needed
    case "$program" in
      risk-engine) module=risk-core ;;
      risk-trader) module=risk-cli-trader ;;
      *) module=risk-cli-admin ;;
    esac
    classpath="$(sed "s|@LIB@|$root/$module/target/lib|g" "$root/$module/target/$program.classpath")"
  fi
  java="$(find_java)"
  [ -n "$java" ] || fail "no Java 25 found; install a JDK 25 (for example temurin-25-jdk) or set RISK_JAVA_HOME"
  export RISK_ROOT="$root"
  # Logs, database and sockets are nobody else's business; what the group may see is opened on purpose.
  umask 077
  exec "$java" "${jvm[@]}" -cp "$classpath" "$entry" "$@"
}
