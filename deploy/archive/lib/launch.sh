# What the scripts in bin/ have in common. Sourced.

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
. "$home/lib/jdk.sh"

# Where the command line and the configuration files find models and flags.
export UNMASK_HOME=$home

# Threads of libtorch that wait by spinning take the cores from other processes.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}

# All jars; without libtorch for CPUs where one for CUDA is asked for (docs/gpu.md).
class_path() {
  local jar path=''
  for jar in "$home"/lib/*.jar; do
    if [[ -z ${UNMASK_CUDA:-} || $jar != */pytorch-native-cpu-* ]]; then path+=:$jar; fi
  done
  printf '%s\n' "${path#:}"
}

# Becomes the JVM, so that signals reach it: FLAG... MAIN ARGUMENT...
become() {
  require_jdk
  if [[ -n ${UNMASK_CUDA:-} ]]; then
    export PYTORCH_FLAVOR=$UNMASK_CUDA RUST_FLAVOR=cpu DJL_OFFLINE=false
  fi
  exec "$JAVA_HOME/bin/java" "@$home/jvm.flags" -cp "$(class_path)" "$@"
}

# Becomes a service: NAME MAIN FLAGS ARGUMENT..., FLAGS one word of flags with blanks between.
serve() {
  local name=$1 main=$2 config=${UNMASK_CONFIG:-$home/config/$1.yml}
  local -a flags
  read -ra flags <<< "$3"
  shift 3
  if [[ ${1:-} == --help ]]; then
    say "unmask-$name [--KEY=VALUE]...; then the environment counts, then the file UNMASK_CONFIG" \
      "($config). Settings: docs/configuration.md."
    exit 0
  fi
  if [[ ! -r $config ]]; then
    say "there is no file $config that can be read; UNMASK_CONFIG names another"
    exit 3
  fi
  become "${flags[@]}" "-Dmicronaut.config.files=$config" "$main" "$@"
}
