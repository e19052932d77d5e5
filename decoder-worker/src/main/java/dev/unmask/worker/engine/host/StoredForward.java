package dev.unmask.worker.engine.host;

import dev.unmask.contract.Limits;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a request's first full forward, cut into pages: what one request's state exports and
 * another's restores. The memory is off the heap; all views die with {@link #close}.
 *
 * <pre>
 *   layer 0   page 0 | page 1 | ... | page of the positions that are left
 *   layer 1   page 0 | ...
 *   predictions   [generationLength][hidden]
 * </pre>
 *
 * Views of different pages may be filled by different threads; nothing else is synchronised.
 */
public final class StoredForward implements AutoCloseable {
  private final PageLayout layout;
  private final int positions;
  private final List<ByteBuffer> layers;
  private final ByteBuffer predictions;
  private final Runnable release;

  /** Takes direct buffers, one a layer, and what frees them. */
  public StoredForward(
      PageLayout layout,
      int positions,
      List<ByteBuffer> layers,
      ByteBuffer predictions,
      Runnable release) {
    this.layout = layout;
    this.positions = positions;
    this.layers = List.copyOf(layers);
    this.predictions = predictions;
    this.release = release;
  }

  /**
   * Empty room for pages that come from elsewhere, to be filled through the views.
   *
   * @param layout of the model
   * @param positions that keys and values cover, from 0; 0 for the predictions alone
   * @param generationLength hidden states of the predictions page
   */
  public static StoredForward allocate(PageLayout layout, int positions, int generationLength) {
    var room = HostMemory.unpinned(bytes(layout, positions, generationLength));
    return over(room.bytes(), layout, positions, generationLength, room::close);
  }

  /**
   * The same over memory that is there already, whatever it holds.
   *
   * @param room of at least {@link #bytes} bytes
   * @param release what {@link #close} does
   */
  public static StoredForward over(
      MemorySegment room,
      PageLayout layout,
      int positions,
      int generationLength,
      Runnable release) {
    long layerBytes = layout.layerBytes(positions);
    int count = positions == 0 ? 0 : layout.layers();
    var layers =
        IntStream.range(0, count)
            .mapToObj(layer -> room.asSlice(layer * layerBytes, layerBytes).asByteBuffer())
            .toList();
    var predictions =
        room.asSlice(count * layerBytes, layout.predictionBytes(generationLength)).asByteBuffer();
    return new StoredForward(layout, positions, layers, predictions, release);
  }

  /** Bytes of keys, values and predictions together. */
  public static long bytes(PageLayout layout, int positions, int generationLength) {
    return layout.layers() * layout.layerBytes(positions)
        + layout.predictionBytes(generationLength);
  }

  /** Shape of the pages. */
  public PageLayout layout() {
    return layout;
  }

  /** Positions that keys and values cover, from 0; 0 if there are none. */
  public int positions() {
    return positions;
  }

  /** Pages a layer. */
  public int spans() {
    return layout.spans(positions);
  }

  /**
   * Key and value of one layer over one span.
   *
   * @return a view {@code [2][kvHeads][spanLength][headSize]} in native byte order
   */
  public ByteBuffer page(int layer, int span) {
    int offset = Math.toIntExact(layout.layerBytes(span * Limits.PAGE_SPAN));
    return layers
        .get(layer)
        .slice(offset, layout.pageBytes(span, positions))
        .order(ByteOrder.nativeOrder());
  }

  /**
   * Final hidden states of the rows that predict the generated positions.
   *
   * @return a view {@code [generationLength][hidden]} in native byte order
   */
  public ByteBuffer predictions() {
    return predictions.duplicate().order(ByteOrder.nativeOrder());
  }

  /** All pages of one layer, in order. */
  public ByteBuffer layer(int layer) {
    return layers.get(layer).duplicate().order(ByteOrder.nativeOrder());
  }

  /** Frees the memory; the views must not be used any more. */
  @Override
  public void close() {
    release.run();
  }
}
