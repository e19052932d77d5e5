package dev.unmask.worker.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unmask.page.ExactContext;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.engine.program.ComputeType;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

/** Forwards whose bytes follow from their context, for tests. */
final class Forwards {
  static final String NAMESPACE = "alice";
  static final Map<String, byte[]> SECRETS =
      Map.of(NAMESPACE, "alice's secret".getBytes(UTF_8), "bob", "bob's secret".getBytes(UTF_8));
  static final PageLayout LAYOUT = new PageLayout(ComputeType.FLOAT32, 3, 2, 16, 64);
  static final int PROMPT = 70;
  static final int GENERATION = 50;

  private Forwards() {}

  static ExactContext context(int number) {
    return new ExactContext(new byte[32], new int[] {number, 2, 3}, GENERATION);
  }

  /** The forward of {@link #context}, as far as a need goes. */
  static StoredForward forward(int number, Need need) {
    var forward = StoredForward.allocate(need.layout(), need.positions(), need.generationLength());
    fill(forward.predictions(), number, -1, 0);
    int layers = forward.spans() == 0 ? 0 : need.layout().layers();
    for (int layer = 0; layer < layers; layer++) {
      for (int span = 0; span < forward.spans(); span++) {
        fill(forward.page(layer, span), number, layer, span);
      }
    }
    return forward;
  }

  /** Whether two forwards have the same bytes. */
  static boolean same(StoredForward one, StoredForward other) {
    boolean same =
        one.positions() == other.positions() && one.predictions().equals(other.predictions());
    int layers = one.spans() == 0 ? 0 : one.layout().layers();
    for (int layer = 0; layer < layers; layer++) {
      for (int span = 0; span < one.spans(); span++) {
        same &= one.page(layer, span).equals(other.page(layer, span));
      }
    }
    return same;
  }

  private static void fill(ByteBuffer page, int number, int layer, int span) {
    var random = new Random(((number * 100L) + layer) * 100 + span);
    while (page.hasRemaining()) {
      page.put((byte) random.nextInt());
    }
  }
}
