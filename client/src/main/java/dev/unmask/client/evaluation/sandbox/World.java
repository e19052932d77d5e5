package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a command in namespaces sees of the machine, and on which folder that is built.
 *
 * @param visible files and folders, read-only
 * @param base an existing folder; hidden in the namespaces only, so nothing visible lies in it
 */
record World(List<Path> visible, Path base) {
  /** Programs and their libraries; the stores are those of Nix and Guix. */
  private static final List<String> SYSTEM =
      List.of(
          "/usr",
          "/bin",
          "/sbin",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/etc/ld.so.cache",
          "/etc/alternatives",
          "/nix/store",
          "/gnu/store");

  private static final List<String> BASES = List.of("/mnt", "/media", "/srv", "/opt", "/tmp");

  /**
   * The system's programs and some folders more.
   *
   * @throws IOException when a folder does not exist
   */
  static World with(List<Path> folders) throws IOException {
    var seen = new LinkedHashSet<Path>();
    SYSTEM.stream().map(Path::of).filter(World::exists).forEach(seen::add);
    for (var folder : folders) {
      addUnlessSeen(seen, folder.toAbsolutePath().normalize());
      addUnlessSeen(seen, folder.toRealPath());
    }
    var base =
        BASES.stream()
            .map(Path::of)
            .filter(Files::isDirectory)
            .filter(candidate -> seen.stream().noneMatch(path -> path.startsWith(candidate)))
            .findFirst()
            .orElseThrow(() -> new IsolationException("none of " + BASES + " is free to build on"));
    return new World(List.copyOf(seen), base);
  }

  Stream<String> visiblePaths() {
    return visible.stream().map(Path::toString);
  }

  private static void addUnlessSeen(Set<Path> seen, Path path) {
    if (path.getNameCount() > 0 && seen.stream().noneMatch(path::startsWith)) {
      seen.add(path);
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
