package dev.unmask.cache.slab;

import java.util.List;

/**
 * Which files a store's slabs lie in.
 *
 * @param directory of the files
 * @param headerBytes from one slot's header to the next
 * @param classes by number of the slab
 */
public record SlabLayout(String directory, int headerBytes, List<SlotClass> classes) {
  public SlabLayout {
    classes = List.copyOf(classes);
  }

  /** Name of the file of a slab's slots. */
  public static String pagesFile(int slab) {
    return "slab-" + slab + ".pages";
  }

  /** Name of the file of a slab's headers. */
  public static String headersFile(int slab) {
    return "slab-" + slab + ".headers";
  }
}
