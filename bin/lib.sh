# What bin/run and bin/test share. To be sourced by bash; everything works from any working directory.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
NEEDED_MAVEN=3.9.6      # what the Jenkins plugin parent POM asks for
FETCHED_MAVEN=3.9.12    # what is fetched where the Maven at hand is older
DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.9.0

# Maven is told to give up on a repository that does not answer after 10 seconds, not after minutes.
MAVEN_FLAGS=(-B -ntp -Dstyle.color=never -Daether.connector.connectTimeout=10000 -Dmaven.wagon.http.retryHandler.count=1)

# Set by jenkins_side.
JENKINS_MAVEN=()
JENKINS_WHY_NOT=''
PARENT_PROBLEM=''

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

die() {
  complain "$*"
  exit 2
}

require_tools() {
  command -v java >/dev/null || die "There is no java: install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)."
  command -v mvn >/dev/null || die "There is no mvn: install Maven (Debian: apt-get install maven)."
}

# maven_version MVN: as in 3.9.12; empty if it does not tell.
maven_version() {
  "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1
}

# at_least VERSION NEEDED
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# new_enough_maven: prints the path of a Maven that the plugin's parent POM accepts, fetched if need be.
new_enough_maven() {
  local fetched="$ROOT/.tools/apache-maven-$FETCHED_MAVEN"
  if at_least "$(maven_version mvn)" "$NEEDED_MAVEN"; then
    command -v mvn
  else
    [ -x "$fetched/bin/mvn" ] || fetch_maven "$fetched" >&2 || return
    printf '%s\n' "$fetched/bin/mvn"
  fi
}

# fetch_maven DIR: an ordinary artefact, unpacked beside its place and moved there whole.
fetch_maven() {
  local unpacked
  say "Fetching Maven $FETCHED_MAVEN with the older one at hand, into .tools/ ..."
  mkdir -p "$ROOT/.tools"
  unpacked="$(mktemp -d "$ROOT/.tools/unpack.XXXXXX")"
  (cd "$unpacked" && mvn -q "${MAVEN_FLAGS[@]}" "$DEPENDENCY_PLUGIN:unpack" \
    -Dartifact="org.apache.maven:apache-maven:$FETCHED_MAVEN:zip:bin" -DoutputDirectory="$unpacked") || return
  chmod +x "$unpacked/apache-maven-$FETCHED_MAVEN/bin/mvn"
  mv -T "$unpacked/apache-maven-$FETCHED_MAVEN" "$1" 2>/dev/null || [ -x "$1/bin/mvn" ]
  rm -rf "$unpacked"
}

# parent_resolves MAVEN...: whether Maven finds the parent POM of the plugin. Only its absence counts as no; whatever else
# may be wrong is for the build to say. PARENT_PROBLEM is what Maven said the first time.
parent_resolves() {
  local output problem
  output="$(cd "$ROOT" && "$@" "${MAVEN_FLAGS[@]}" -q -N -f pom.xml -Denforcer.skip=true validate 2>&1)" && return 0
  problem="$(grep -m 1 'Non-resolvable parent POM' <<<"$output" | cut -c 1-300)" || return 0
  PARENT_PROBLEM="${PARENT_PROBLEM:-$problem}"
  return 1
}

# jenkins_side: whether the plugin can be built here. If so JENKINS_MAVEN is the command; if not, JENKINS_WHY_NOT says why.
jenkins_side() {
  local maven
  # -U: what was out of reach yesterday is asked for again.
  if ! parent_resolves mvn -U && ! parent_resolves mvn -o; then
    JENKINS_WHY_NOT="the parent POM of the Jenkins plugin cannot be resolved: Jenkins' Maven repository is not in reach. Maven says: $PARENT_PROBLEM"
    return 1
  fi
  maven="$(new_enough_maven)" || die "Maven $FETCHED_MAVEN, which the Jenkins side needs, could not be fetched; see above."
  JENKINS_MAVEN=("$maven" "${MAVEN_FLAGS[@]}")
  if ! parent_resolves "$maven" && parent_resolves "$maven" -o; then
    JENKINS_MAVEN+=(-o)
  fi
}
