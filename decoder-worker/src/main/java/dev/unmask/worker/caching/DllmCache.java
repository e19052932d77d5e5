package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import java.util.OptionalInt;

/**
 * Prompt and response are computed at intervals of their own; in the steps between, every layer
 * computes the share of the response whose value vectors moved the most. What is not computed keeps
 * its attention and MLP outputs, and the hidden states are summed up from them. The first layer
 * always computes all, because its input is the canvas itself.
 *
 * <pre>
 *   kp 4, kr 2, rou 0.25   prompt | response        (layers above the first)
 *   step 0                 RRRRRR | RRRRRRRR        R computed, K stored
 *   step 1                 KKKKKK | KRKKKRKK        a quarter of the response, each layer its own
 *   step 2                 KKKKKK | RRRRRRRR
 *   step 4                 RRRRRR | RRRRRRRR
 * </pre>
 *
 * <p>Steps are counted over the whole request; blocks do not matter. Source: dLLM-Cache section 3.
 *
 * @param kp steps between refreshes of the prompt, at least 1
 * @param kr steps between refreshes of the response, at least 1
 * @param rou share of the response computed between, 0 to 1
 */
public record DllmCache(int kp, int kr, double rou) implements CachePolicy {
  public DllmCache {
    if (kp < 1 || kr < 1 || !(rou >= 0 && rou <= 1)) {
      throw new IllegalArgumentException("no dLLM-Cache: " + kp + ", " + kr + ", " + rou);
    }
  }

  @Override
  public CacheSession open(Shape shape) {
    return new Session(shape);
  }

  private final class Session implements CacheSession {
    private final Shape shape;
    private int steps;

    Session(Shape shape) {
      this.shape = shape;
    }

    @Override
    public RowPlan plan(Block block) {
      boolean prompt = steps % kp == 0;
      boolean response = steps % kr == 0;
      return RowPlan.all(
          shape.length(),
          new Mechanism.LayerRefresh(shape.promptLength(), prompt, response, moved(response)));
    }

    private OptionalInt moved(boolean response) {
      return response || rou == 0
          ? OptionalInt.empty()
          : OptionalInt.of((int) (shape.generationLength() * rou));
    }

    @Override
    public void observe(RowPlan plan, Observation seen) {
      steps++;
    }
  }
}
