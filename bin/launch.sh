# Sourced by the launchers: finds the installation and a Java 25, builds a fresh checkout first, and
# starts a program. Usage: launch PROGRAM ENTRY_CLASS [JVM_OPTION...] -- [ARG...]
# With rehearsal=(CLASS [ARG...]) the program starts from a cache of the classes it needs.

fail() {
  echo "$program: $*" >&2
  exit 1
}

# Every process that is started here costs milliseconds of each command, so bash does what it can.

# A JDK or runtime of at least version 25, looked for where people have one; into $java.
find_java() {
  local candidate on_path=""
  java=""
  if hash java 2>/dev/null; then
    # Older ones than bash 4 do not tell without a process.
    on_path="${BASH_CMDS[java]:-$(type -P java || true)}"
  fi
  for candidate in \
    "$root/runtime/bin/java" \
    "${RISK_JAVA_HOME:+$RISK_JAVA_HOME/bin/java}" \
    "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
    "$on_path" \
    /usr/lib/jvm/*/bin/java \
    /opt/java/*/bin/java \
    "${HOME:-}"/.sdkman/candidates/java/*/bin/java \
    /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    java_version "$candidate"
    if [ "$version" -ge 25 ]; then
      java="$candidate"
      return
    fi
  done
}

# The feature version, into $version, from the release file beside a runtime: asking the program
# itself costs a start.
java_version() {
  local release="${1%/bin/java}/release" line known
  version=0
  if [ ! -f "$release" ]; then
    # /usr/bin/java, for one, is a link. Where it leads to is mostly one of these.
    release=""
    for known in /usr/lib/jvm/*/bin/java /opt/java/*/bin/java; do
      if [ "$1" -ef "$known" ]; then
        release="${known%/bin/java}/release"
        break
      fi
    done
    if [ -z "$release" ]; then
      release="$(readlink -f "$1" 2>/dev/null || echo "$1")"
      release="${release%/bin/java}/release"
    fi
  fi
  [ -f "$release" ] || return 0
  while IFS= read -r line; do
    case "$line" in
      'JAVA_VERSION="'*)
        line="${line#*\"}"
        version="${line%%[!0-9]*}"
        ;;
    esac
  done <"$release"
  version="${version:-0}"
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

# The cache of this program for this Java and these jars: used when it is there, made in the
# background when it is not, so that nobody waits for it. The virtual machine checks it against its
# own build and the jars, and without a word does without one that does not fit.
# RISK_AOT=off does without it altogether.
use_cache() {
  local classpath="$1" list="$2" directory cache key known=""
  [ "${RISK_AOT:-on}" != off ] && [ -n "${rehearsal:-}" ] || return 0
  if [ ! -d "$root/lib" ] && [ -w "$root/target" ]; then
    directory="$root/target/aot"
  elif [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ]; then
    directory="${XDG_CACHE_HOME:-$HOME/.cache}/risk-manager"
  else
    return 0
  fi
  cache="$directory/$program.aot"
  key="$java ${jvm[*]} $classpath"
  if [ "$cache.key" -nt "$list" ] && [ "$cache.key" -nt "$java" ]; then
    IFS= read -r known <"$cache.key" || true
    if [ "$known" = "$key" ]; then
      # Without the file what was tried before did not succeed, and is not tried at every start.
      # Where it was made for, and not moved elsewhere at each start; nothing of it is secret. And
      # no compiling ahead of what is called: these programs end before that pays.
      [ ! -s "$cache" ] || jvm+=("-XX:AOTCache=$cache" -Xlog:disable -XX:+IgnoreUnrecognizedVMOptions
        -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining)
      return 0
    fi
  fi
  ( (make_cache "$classpath" "$directory" "$cache" "$key") </dev/null >/dev/null 2>&1 & )
}

make_cache() {
  local classpath="$1" directory="$2" cache="$3" key="$4"
  set +e
  umask 077
  mkdir -p "$directory" || return
  # One at a time; what an earlier one left behind when it was killed goes.
  find "$directory" -maxdepth 1 -name "$program.aot.making" -mmin +10 -exec rm -rf {} +
  mkdir "$cache.making" || return
  nice -n 10 "$java" "${jvm[@]}" "-XX:AOTCacheOutput=$cache.making/cache" -cp "$classpath" "${rehearsal[@]}"
  rm -f "$cache.key" "$cache"
  [ ! -s "$cache.making/cache" ] || mv -f "$cache.making/cache" "$cache"
  printf '%s\n' "$key" >"$cache.making/key"
  mv -f "$cache.making/key" "$cache.key"
  rm -rf "$cache.making"
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
  local java classpath module list library version
  if [ -d "$root/lib" ]; then
    list="$root/lib/$program.classpath"
    library="$root/lib"
  else
    build_if_needed
    case "$program" in
      risk-engine) module=risk-core ;;
      risk-trader) module=risk-cli-trader ;;
      *) module=risk-cli-admin ;;
    esac
    list="$root/$module/target/$program.classpath"
    library="$root/$module/target/lib"
  fi
  IFS= read -r classpath <"$list" || [ -n "$classpath" ] || fail "$list is missing; build again with: mvn -B -DskipTests package"
  classpath="${classpath//@LIB@/$library}"
  find_java
  [ -n "$java" ] || fail "no Java 25 found; install a JDK 25 (for example temurin-25-jdk) or set RISK_JAVA_HOME"
  use_cache "$classpath" "$list"
  export RISK_ROOT="$root"
  # Logs, database and sockets are nobody else's business; what the group may see is opened on purpose.
  umask 077
  exec "$java" "${jvm[@]}" -cp "$classpath" "$entry" "$@"
}
