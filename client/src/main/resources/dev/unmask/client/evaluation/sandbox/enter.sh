# Builds a small world for one command and runs it there: first process of its namespaces.
# Arguments: a folder to build on, bytes of disk, seconds to live, what is to be seen (absolute
# paths), "--", the command. Prints "ready" before the command says anything.
set -eu
umask 022
root=$1 disk=$2 seconds=$3
shift 3

mount -t tmpfs -o mode=0755,size=1m,nr_inodes=4096,nosuid,nodev sandbox "$root"
mkdir "$root/dev" "$root/tmp"
for device in null zero random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t tmpfs -o "mode=1777,size=$disk,nr_inodes=1024,nosuid,nodev" sandbox "$root/tmp"

while [ "$1" != -- ]; do
  if [ -L "$1" ]; then
    mkdir -p "$root${1%/*}"
    ln -s "$(readlink "$1")" "$root$1"
  else
    if [ -d "$1" ]; then
      mkdir -p "$root$1"
    else
      mkdir -p "$root${1%/*}"
      : > "$root$1"
    fi
    # Folders that others mounted below this one can only be taken along.
    mount --rbind "$1" "$root$1"
    mount -o remount,bind,ro,nosuid,nodev "$root$1"
  fi
  shift
done
shift

mount -o remount,bind,ro,nosuid,nodev "$root"

echo ready
set +e
# A changed root forbids new user namespaces, which would bring back the right to mount.
# The timeout ends the command should nobody be left to do it. All else ends with this shell.
timeout -s KILL "$seconds" chroot "$root" /bin/sh -c 'cd /tmp && exec "$@"' sandbox "$@"
exit $?
