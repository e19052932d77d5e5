package dev.unmask.client.output;

import com.google.protobuf.util.Durations;
import dev.unmask.client.Answer;
import dev.unmask.client.terminal.Canvas;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Picture;
import dev.unmask.client.terminal.Screen;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Usage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** Draws the canvas while it denoises, then the answer and one line of figures in its place. */
public final class CanvasDisplay implements Display {
  private final Screen screen;
  private final Picture picture;
  private final Pace pace;
  private Optional<Canvas> canvas = Optional.empty();

  /** Draws where the cursor of {@code out} is. */
  public CanvasDisplay(PrintStream out, Paper paper, Pace pace) {
    this.screen = new Screen(out);
    this.picture = new Picture(paper);
    this.pace = pace;
  }

  @Override
  public void show(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> draw(Canvas.of(event.getOpened()));
      case DELTA -> canvas.ifPresent(before -> draw(before.after(event.getDelta())));
      case COMMITTED, CLOSED, EVENT_NOT_SET -> {
        // Nothing to see: the tokens are on the canvas already.
      }
    }
  }

  @Override
  public void finish(Answer answer) {
    pace.await();
    var drawn = canvas.orElseGet(() -> Canvas.of(answer.opened()));
    var lines = new ArrayList<>(picture.finished(drawn, answer.text()));
    lines.add("");
    lines.addAll(picture.note(figures(answer.opened().getWorker(), answer.usage())));
    screen.show(lines);
  }

  @Override
  public void close() {
    screen.close();
  }

  private void draw(Canvas next) {
    pace.await();
    canvas = Optional.of(next);
    screen.show(picture.unfinished(next));
  }

  private static String figures(String worker, Usage usage) {
    return String.format(
        Locale.ROOT,
        "%d tokens · %d steps · %.1f tokens/step · %d ms · %s",
        usage.getCompletionTokens(),
        usage.getSteps(),
        usage.getTokensPerStep(),
        Durations.toMillis(usage.getDuration()),
        worker);
  }
}
