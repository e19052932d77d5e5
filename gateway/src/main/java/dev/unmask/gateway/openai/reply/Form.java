package dev.unmask.gateway.openai.reply;

import dev.unmask.type.v1.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of OpenAI's two forms of an answer. */
public sealed interface Form {
  /** What begins the ids of its requests. */
  String idPrefix();

  /** What a whole answer is called. */
  String whole();

  /** What a chunk of one is called. */
  String chunk();

  /** A whole answer. */
  Choice answer(Told told);

  /** What a stream begins with, before any text. */
  Optional<Choice> opening(int index);

  /** Some text. */
  Choice piece(int index, String text);

  /** What a stream's choice ends with. */
  Choice ending(Told told);

  /** An answer in a conversation. */
  record Chat() implements Form {
    @Override
    public String idPrefix() {
      return "chatcmpl-";
    }

    @Override
    public String whole() {
      return "chat.completion";
    }

    @Override
    public String chunk() {
      return "chat.completion.chunk";
    }

    @Override
    public Choice answer(Told told) {
      return new Choice.OfChat(
          told.index(),
          new Choice.Message("assistant", told.text(), Optional.empty()),
          logprobs(told),
          Optional.of(told.finishReason()),
          Optional.of(told.took()));
    }

    @Override
    public Optional<Choice> opening(int index) {
      return Optional.of(chunk(index, new Choice.Delta(Optional.of("assistant"), Optional.of(""))));
    }

    @Override
    public Choice piece(int index, String text) {
      return chunk(index, new Choice.Delta(Optional.empty(), Optional.of(text)));
    }

    @Override
    public Choice ending(Told told) {
      return new Choice.OfChatChunk(
          told.index(),
          new Choice.Delta(Optional.empty(), Optional.empty()),
          logprobs(told),
          Optional.of(told.finishReason()),
          Optional.of(told.took()));
    }

    private static Choice chunk(int index, Choice.Delta delta) {
      return new Choice.OfChatChunk(
          index, delta, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Logprobs> logprobs(Told told) {
      return told.tokens()
          .map(tokens ->
              new Logprobs.OfChat(
                  tokens.stream()
                      .map(commit -> Logprobs.Token.of(commit.getPiece(), logprob(commit)))
                      .toList(),
                  Optional.empty()));
    }
  }

  /** What follows a text. */
  record Text() implements Form {
    @Override
    public String idPrefix() {
      return "cmpl-";
    }

    @Override
    public String whole() {
      return "text_completion";
    }

    @Override
    public String chunk() {
      return "text_completion";
    }

    @Override
    public Choice answer(Told told) {
      return ended(told, told.text());
    }

    @Override
    public Optional<Choice> opening(int index) {
      return Optional.empty();
    }

    @Override
    public Choice piece(int index, String text) {
      return new Choice.OfText(index, text, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Choice ending(Told told) {
      return ended(told, "");
    }

    private static Choice ended(Told told, String text) {
      return new Choice.OfText(
          told.index(),
          text,
          told.tokens().map(Text::logprobs),
          Optional.of(told.finishReason()),
          Optional.of(told.took()));
    }

    private static Logprobs logprobs(List<Commit> tokens) {
      var offsets = new ArrayList<Integer>();
      int offset = 0;
      for (var commit : tokens) {
        offsets.add(offset);
        offset += commit.getPiece().length();
      }
      return new Logprobs.OfText(
          tokens.stream().map(Commit::getPiece).toList(),
          tokens.stream().map(Form::logprob).toList(),
          Optional.empty(),
          offsets);
    }
  }

  private static double logprob(Commit commit) {
    return Math.log(commit.getConfidence());
  }
}
