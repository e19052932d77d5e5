package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import java.util.List;

/** Which methods answer. */
public sealed interface Choice {
  /**
   * The methods for a subject.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  List<Chosen> of(Subject subject);

  /** The same with another generation length, in tokens. */
  Choice withLength(int length);

  /**
   * One method, as fields of the contract; what is not set is the server's default.
   *
   * @param spec the fields; without a generation length it is the task's
   */
  record Fields(DecodingSpec spec) implements Choice {
    @Override
    public List<Chosen> of(Subject subject) {
      var complete = spec.toBuilder();
      if (!spec.hasGenerationLength()) {
        complete.setGenerationLength(subject.generationLength());
      }
      boolean plain =
          spec.toBuilder()
              .clearGenerationLength()
              .build()
              .equals(DecodingSpec.getDefaultInstance());
      return List.of(new Chosen(plain ? "default" : "given", "", complete.build()));
    }

    @Override
    public Choice withLength(int length) {
      return new Fields(spec.toBuilder().setGenerationLength(length).build());
    }
  }

  /**
   * Methods made of settings.
   *
   * @param methods at least one
   * @param given settings for all of them, below their own
   * @param stop strings every answer ends before
   */
  record Named(List<Method> methods, Settings given, List<String> stop) implements Choice {
    public Named {
      methods = List.copyOf(methods);
      stop = List.copyOf(stop);
    }

    @Override
    public List<Chosen> of(Subject subject) {
      return methods.stream()
          .map(method ->
              new Chosen(
                  method.name(),
                  method.settings(given).toString(),
                  method.spec(given, subject).toBuilder().addAllStop(stop).build()))
          .toList();
    }

    @Override
    public Choice withLength(int length) {
      var like = methods.getFirst().settings(given);
      return new Named(methods, given.with(OptionSettings.length(like, length)), stop);
    }
  }

  /**
   * A method for a subject.
   *
   * @param name what reports call it
   * @param settings what was set for it, as it would be typed
   * @param spec how it decodes
   */
  record Chosen(String name, String settings, DecodingSpec spec) {}
}
