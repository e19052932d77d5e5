# Finds JDK 25, for the launcher of the sources and for the scripts of an installation. Sourced.

say() { printf 'unmask: %s\n' "$*" >&2; }

is_jdk_25() { [[ -x $1/bin/javac ]] && grep -qs '^JAVA_VERSION="25[."]' "$1/release"; }

# The first JDK 25 among the places people and package systems put one, or nothing.
find_jdk() {
  local user=${HOME:-/nonexistent} candidate
  for candidate in "${UNMASK_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JDK25_HOME:-}" \
    "${UNMASK_SEARCH_ROOT:-}"/usr/lib/jvm/*25* "${UNMASK_SEARCH_ROOT:-}"/opt/*25* "$user"/.jdks/*25* \
    "$user"/.sdkman/candidates/java/25* "$user"/Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "${UNMASK_SEARCH_ROOT:-}"/Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [[ -n $candidate ]] && is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

require_jdk() {
  JAVA_HOME=$(find_jdk)
  if [[ -z $JAVA_HOME ]]; then
    say "JDK 25 is not here. Install one (package temurin-25-jdk or openjdk-25-jdk, or \`sdk install" \
      "java 25-tem\`), or name its folder in UNMASK_JAVA_HOME."
    exit 3
  fi
  export JAVA_HOME
}
