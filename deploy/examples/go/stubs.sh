#!/usr/bin/env bash
# Makes the stubs, a package for each of the contract's, in path/src, which is a GOPATH.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
contract=../../../proto/src/main/protobuf
names=()
packages=()
while IFS= read -r file; do
  names+=("$file")
  package=M$file=unmask.example/$(dirname "$file")
  packages+=("--go_opt=$package" "--go-grpc_opt=$package")
done < <(cd "$contract" && find unmask -name '*.proto')
mkdir -p path/src
protoc -I "$contract" --go_out=path/src --go-grpc_out=path/src "${packages[@]}" "${names[@]}"
