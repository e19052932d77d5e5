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
      return new Named(methods, given.with(length(length)), stop);
    }

    private Settings length(int length) {
      return OptionSettings.length(methods.getFirst().settings(given), length);
    }
  }

  /**
   * The methods of the papers, whichever fit a subject's kind of attention.
   *
   * @param given settings for all of them, below their own
   * @param stop strings every answer ends before
   */
  record Standard(Settings given, List<String> stop) implements Choice {
    public Standard {
      stop = List.copyOf(stop);
    }

    @Override
    public List<Chosen> of(Subject subject) {
      boolean blockCausal = subject.kind().isBlockCausal();
      return named(blockCausal ? MethodList.blockCausal() : MethodList.standard()).of(subject);
    }

    @Override
    public Choice withLength(int length) {
      var like = named(MethodList.standard());
      return new Standard(given.with(like.length(length)), stop);
    }

    private Named named(List<Method> methods) {
      return new Named(methods, given, stop);
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
