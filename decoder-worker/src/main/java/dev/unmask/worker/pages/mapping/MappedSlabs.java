package dev.unmask.worker.pages.mapping;

import dev.unmask.pagecache.v1.PageLocation;
import dev.unmask.pagecache.v1.SlabMapping;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All slabs of a store, mapped read-only; unmapped when nobody knows them any more. Safe for
 * several threads.
 */
final class MappedSlabs {
  private final Identity identity;
  private final List<MappedSlab> slabs;

  private MappedSlabs(Identity identity, List<MappedSlab> slabs) {
    this.identity = identity;
    this.slabs = slabs;
  }

  /**
   * Which files they are.
   *
   * @param mapping as the service describes them
   * @param files as the file system tells them apart
   */
  private record Identity(SlabMapping mapping, List<Object> files) {}

  /**
   * Maps the files a service names.
   *
   * @param known mapped before: kept if they still are the same
   * @throws IOException if one cannot be read, or is shorter than the service says
   */
  static MappedSlabs open(SlabMapping mapping, Optional<MappedSlabs> known) throws IOException {
    var identity = identity(mapping);
    if (known.isPresent() && known.get().identity.equals(identity)) {
      return known.get();
    }
    var slabs = new ArrayList<MappedSlab>();
    var folder = Path.of(mapping.getDirectory());
    long stride = Integer.toUnsignedLong(mapping.getHeaderStride());
    for (var files : mapping.getSlabsList()) {
      long slots = files.getSlots();
      slabs.add(
          new MappedSlab(
              map(folder.resolve(files.getPagesFile()), slots, files.getSlotBytes()),
              map(folder.resolve(files.getHeadersFile()), slots, stride),
              files.getSlotBytes(),
              stride));
    }
    return new MappedSlabs(identity, List.copyOf(slabs));
  }

  /**
   * Copies pages, on several processors where there are: one alone copies slower than memory gives.
   *
   * @return whether all are there, whole and undamaged; when it is known, nothing is copied any
   *     more
   */
  boolean copy(List<PageLocation> locations, List<NamedPage> pages) {
    return locations.size() == pages.size()
        && IntStream.range(0, pages.size())
            .parallel()
            .allMatch(i -> copy(locations.get(i), pages.get(i)));
  }

  private boolean copy(PageLocation location, NamedPage page) {
    return location.getSlab() >= 0
        && location.getSlab() < slabs.size()
        && slabs.get(location.getSlab()).copy(location, page);
  }

  private static Identity identity(SlabMapping mapping) throws IOException {
    var files = new ArrayList<Object>();
    for (var slab : mapping.getSlabsList()) {
      var file = Path.of(mapping.getDirectory(), slab.getPagesFile());
      var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      files.add(key == null ? file : key);
    }
    return new Identity(mapping, files);
  }

  private static MemorySegment map(Path file, long count, long each) throws IOException {
    try (var channel = FileChannel.open(file)) {
      long bytes = Math.multiplyExact(count, each);
      // A read beyond the end of a mapped file ends the call with an error, not with a miss.
      if (channel.size() < bytes) {
        throw new IOException(file + " is shorter than " + bytes + " bytes");
      }
      return channel.map(MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IOException(file + " cannot be mapped", e);
    }
  }
}
