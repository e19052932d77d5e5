package dev.unmask.bench.eviction;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What tenants of a fleet ask that share states exactly: few tenants send most; each has prompts
 * that come again (agents, templates, playgrounds), some every minute, some rarely, and now and
 * then drops one for a new one; the rest is asked once, or once and then again soon: samples of one
 * prompt at a time, retries after a while.
 *
 * <pre>
 *   a request    40 % a prompt of the tenant's that comes again
 *                60 % a new prompt: 30 % of them with 1 to 15 more samples at once, 10 % with a retry later
 * </pre>
 */
final class SharedPrompts {
  private static final int LENGTH = 60_000;
  private static final int TENANTS = 24;
  private static final int HOT_PROMPTS = 40;
  private static final double DROPPED = 0.005;
  private static final int MOST_SAMPLES = 16;
  private static final int RETRY_WITHIN = 400;

  private final SplittableRandom random;
  private final Zipf tenants = new Zipf(TENANTS, 0.8);
  private final Zipf popularity = new Zipf(HOT_PROMPTS, 1);
  private final Access[][] hot = new Access[TENANTS][HOT_PROMPTS];
  private final PriorityQueue<Later> later = new PriorityQueue<>();
  private final List<Access> trace = new ArrayList<>();
  private int prompts;

  private record Later(int when, Access access) implements Comparable<Later> {
    @Override
    public int compareTo(Later other) {
      return Integer.compare(when, other.when);
    }
  }

  SharedPrompts(SplittableRandom random) {
    this.random = random;
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      for (int rank = 0; rank < HOT_PROMPTS; rank++) {
        hot[tenant][rank] = prompt(tenant);
      }
    }
  }

  Trace trace() {
    while (trace.size() < LENGTH) {
      if (!later.isEmpty() && later.peek().when() <= trace.size()) {
        trace.add(later.poll().access());
      } else {
        ask(tenants.draw(random));
      }
    }
    return new Trace("shared-prompt", trace);
  }

  private void ask(int tenant) {
    if (random.nextDouble() < 0.4) {
      int rank = popularity.draw(random);
      if (random.nextDouble() < DROPPED) {
        hot[tenant][rank] = prompt(tenant);
      }
      trace.add(hot[tenant][rank]);
    } else {
      askNew(prompt(tenant));
    }
  }

  private void askNew(Access access) {
    trace.add(access);
    double kind = random.nextDouble();
    if (kind < 0.3) {
      int samples = random.nextInt(1, MOST_SAMPLES);
      for (int i = 0; i < samples; i++) {
        later.add(new Later(trace.size() + random.nextInt(4 * samples), access));
      }
    } else if (kind < 0.4) {
      later.add(new Later(trace.size() + random.nextInt(RETRY_WITHIN), access));
    }
  }

  private Access prompt(int tenant) {
    return Prompts.access("p" + prompts++, Prompts.tokens(random), "tenant-" + tenant);
  }
}
