package dev.unmask.bench.blocks;

import dev.unmask.bench.eviction.Zipf;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Talks whose prompts begin alike, drawn from a seed: the same workload twice asks the same. Talks
 * that are open at once are answered side by side.
 */
enum Workload {
  /** Each of the longest documents is asked its questions, one document after the other. */
  DOCUMENTS {
    @Override
    List<Supplier<Talk>> talks(Documents documents) {
      return documents.longest(LONG_DOCUMENTS).stream()
          .flatMap(List::stream)
          .<Supplier<Talk>>map(asked -> () -> Talk.of(asked.alone()))
          .toList();
    }
  },
  /**
   * The same in mixed order, with a beginning of their own: readers of several documents at once.
   */
  DOCUMENTS_AT_ONCE {
    @Override
    List<Supplier<Talk>> talks(Documents documents) {
      var mixed =
          documents.longest(LONG_DOCUMENTS).stream()
              .flatMap(List::stream)
              .<Supplier<Talk>>map(asked -> () -> Talk.of(asked.behind("For many. ").alone()))
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(mixed, new Random(SEED));
      return mixed;
    }
  },
  /** Conversations of many turns about short documents. */
  CHATS {
    @Override
    List<Supplier<Talk>> talks(Documents documents) {
      return documents.byId().values().stream()
          .limit(CHATS_AT_ONCE)
          .<Supplier<Talk>>map(asked -> () -> new Chat(asked.subList(0, TURNS)))
          .toList();
    }
  },
  /** Users whose requests all begin with the system message of an application. */
  SYSTEM_PROMPT {
    @Override
    List<Supplier<Talk>> talks(Documents documents) {
      var all = List.copyOf(documents.byId().values());
      var rules = all.get(all.size() / 2).getFirst().document();
      return documents.byId().values().stream()
          .limit(USERS)
          .<Supplier<Talk>>map(asked -> () -> Talk.of(behind(rules, asked.getFirst())))
          .toList();
    }
  },
  /** All of these, the popular ones often (Zipf), and questions that nobody asks again. */
  MIXED {
    @Override
    List<Supplier<Talk>> talks(Documents documents) {
      var random = new SplittableRandom(SEED);
      var popular = new ArrayList<Supplier<Talk>>();
      popular.addAll(DOCUMENTS.talks(documents));
      popular.addAll(SYSTEM_PROMPT.talks(documents));
      popular.addAll(CHATS.talks(documents));
      var ranks = new Zipf(popular.size(), SKEW);
      var talks = new ArrayList<Supplier<Talk>>();
      for (int i = 0; i < MIXED_TALKS; i++) {
        boolean cold = random.nextDouble() < COLD;
        var asked = cold(documents, i);
        talks.add(cold ? () -> Talk.of(asked) : popular.get(ranks.draw(random)));
      }
      return talks;
    }
  };

  private static final long SEED = 20261130;
  private static final int LONG_DOCUMENTS = 3;
  private static final int CHATS_AT_ONCE = 3;
  private static final int TURNS = 10;
  private static final int USERS = 10;
  private static final int MIXED_TALKS = 80;
  private static final double SKEW = 1;
  private static final double COLD = 0.3;

  /** Makes the talks, which are had in this order. */
  abstract List<Supplier<Talk>> talks(Documents documents);

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Talk.Question behind(String system, Documents.Asked asked) {
    var conversation = Conversation.newBuilder();
    conversation.addMessagesBuilder().setRole("system").setContent(system);
    conversation
        .addMessagesBuilder()
        .setRole("user")
        .setContent(asked.document() + asked.question());
    return new Talk.Question(
        Prompt.newBuilder().setConversation(conversation).build(), Optional.of(asked.answer()));
  }

  /** A question whose first words nobody else says. */
  private static Talk.Question cold(Documents documents, int number) {
    var all = documents.byId().values().stream().flatMap(List::stream).toList();
    var asked = all.get(number * 7 % all.size());
    var text = "Request %04d. %s%s".formatted(number, asked.document(), asked.question());
    return new Talk.Question(Documents.conversation(List.of(text)), Optional.of(asked.answer()));
  }
}
