package dev.unmask.bench.eviction.recording;

import dev.unmask.bench.eviction.Zipf;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the tenants of a fleet ask, in order: the same from the same seed.
 *
 * <pre>
 *   30 %  a prompt that comes again (agents, templates), by Zipf; now and then one gives way to a new one
 *   25 %  a question about one of the tenant's documents, which it says it shares
 *   15 %  a new prompt and 1 to 7 more samples of it, soon
 *    5 %  a new prompt, and once more after a while
 *   25 %  a new prompt, once
 *   twice somebody evaluates: every third request is one of 250 prompts that come once
 * </pre>
 */
final class Workload {
  private static final int REQUESTS = 3600;
  private static final int TENANTS = 6;
  private static final int HOT = 40;
  private static final int DOCUMENTS = 8;
  private static final int QUESTIONS = 12;
  private static final int SCAN = 250;
  private static final double DROPPED = 0.02;
  private static final String MODEL = "unmask-mini-llada";

  private final SplittableRandom random;
  private final Zipf tenants = new Zipf(TENANTS, 0.8);
  private final Zipf hot = new Zipf(HOT, 1);
  private final Zipf documents = new Zipf(DOCUMENTS, 0.8);
  private final Zipf questions = new Zipf(QUESTIONS, 0.6);
  private final int[][] prompts = new int[TENANTS][HOT];
  private final List<DecodeRequest> requests = new ArrayList<>();
  private final PriorityQueue<Later> later = new PriorityQueue<>();
  private int fresh;

  private record Later(int when, DecodeRequest request) implements Comparable<Later> {
    @Override
    public int compareTo(Later other) {
      return Integer.compare(when, other.when);
    }
  }

  private Workload(long seed) {
    random = new SplittableRandom(seed);
    for (var tenant : prompts) {
      for (int rank = 0; rank < HOT; rank++) {
        tenant[rank] = fresh++;
      }
    }
  }

  static List<DecodeRequest> requests(long seed) {
    return new Workload(seed).draw();
  }

  /** The tenants' names. */
  static List<String> namespaces() {
    return IntStream.range(0, TENANTS).mapToObj(Workload::name).toList();
  }

  private List<DecodeRequest> draw() {
    while (requests.size() < REQUESTS) {
      int now = requests.size();
      if (!later.isEmpty() && later.peek().when() <= now) {
        requests.add(later.poll().request());
      } else if (now % 3 == 0 && evaluating(now)) {
        requests.add(plain(0, fresh++));
      } else {
        ask(tenants.draw(random));
      }
    }
    return List.copyOf(requests);
  }

  private static boolean evaluating(int now) {
    int within = now % (REQUESTS / 2) - REQUESTS / 5;
    return within >= 0 && within < 3 * SCAN;
  }

  private void ask(int tenant) {
    double kind = random.nextDouble();
    if (kind < 0.3) {
      int rank = hot.draw(random);
      if (random.nextDouble() < DROPPED) {
        prompts[tenant][rank] = fresh++;
      }
      requests.add(plain(tenant, prompts[tenant][rank]));
    } else if (kind < 0.55) {
      requests.add(aboutDocument(tenant, documents.draw(random), questions.draw(random)));
    } else {
      var request = plain(tenant, fresh++);
      requests.add(request);
      int samples = kind < 0.7 ? random.nextInt(1, 8) : 0;
      for (int i = 0; i < samples; i++) {
        later.add(new Later(requests.size() + random.nextInt(2 * samples), request));
      }
      if (kind >= 0.7 && kind < 0.75) {
        later.add(new Later(requests.size() + random.nextInt(100), request));
      }
    }
  }

  private static DecodeRequest plain(int tenant, int number) {
    int sentences = 1 + new SplittableRandom(number).nextInt(8);
    var text =
        "A shelf holds %d boxes of %d books. ".formatted(number, number % 90 + 9).repeat(sentences);
    return request(tenant, text + "How many books are there?").build();
  }

  private static DecodeRequest aboutDocument(int tenant, int document, int question) {
    var lines = new StringBuilder("Staff of company %d of %s.\n".formatted(document, name(tenant)));
    for (int i = 0; i < 6 + 2 * document; i++) {
      lines.append("- Clerk %d, room %d, %d years\n".formatted(i, 100 + 7 * i, 10 + document + i));
    }
    int shared = lines.length();
    lines.append("Question: In which room is clerk %d?".formatted(question));
    return request(tenant, lines.toString())
        .setSharing(
            Sharing.newBuilder()
                .setPrefixCharacters(shared)
                .setShallow(ShallowSharing.getDefaultInstance()))
        .build();
  }

  /** One step: what is recorded is over with the first forward. */
  private static DecodeRequest.Builder request(int tenant, String text) {
    return DecodeRequest.newBuilder()
        .setRequestId("recorded")
        .setModel(MODEL)
        .setNamespace(name(tenant))
        .setPrompt(Prompt.newBuilder().setText(text))
        .setSpec(
            DecodingSpec.newBuilder()
                .setGenerationLength(32)
                .setFixedSchedule(FixedSchedule.newBuilder().setSteps(1)));
  }

  private static String name(int tenant) {
    return "tenant-" + tenant;
  }
}
