package dev.unmask.cache.api;

import dev.unmask.cache.slab.SlabLayout;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.LocatePagesResponse;
import dev.unmask.pagecache.v1.SlabFiles;
import dev.unmask.pagecache.v1.SlabMapping;
import java.util.List;

/** Where pages lie, as messages. */
final class Locations {
  private Locations() {}

  static LocatePagesResponse of(PageStore store, List<PageKey> keys) {
    var response = LocatePagesResponse.newBuilder();
    for (var key : keys) {
      var location = store.locate(key);
      response.addLocations(location.map(Locations::toMessage).orElseGet(Locations::nowhere));
    }
    return response.build();
  }

  static SlabMapping mapping(SlabLayout layout) {
    var mapping =
        SlabMapping.newBuilder()
            .setDirectory(layout.directory())
            .setHeaderStride(layout.headerBytes());
    for (int slab = 0; slab < layout.classes().size(); slab++) {
      var shape = layout.classes().get(slab);
      mapping.addSlabs(
          SlabFiles.newBuilder()
              .setPagesFile(SlabLayout.pagesFile(slab))
              .setHeadersFile(SlabLayout.headersFile(slab))
              .setSlotBytes(shape.slotBytes())
              .setSlots(shape.slots()));
    }
    return mapping.build();
  }

  private static dev.unmask.pagecache.v1.PageLocation toMessage(PageLocation location) {
    return dev.unmask.pagecache.v1.PageLocation.newBuilder()
        .setSlab(location.slab())
        .setSlot(location.slot())
        .setLength(location.length())
        .setGeneration(location.generation())
        .build();
  }

  private static dev.unmask.pagecache.v1.PageLocation nowhere() {
    return dev.unmask.pagecache.v1.PageLocation.getDefaultInstance();
  }
}
