package dev.unmask.client.output;

import dev.unmask.client.Answer;
import dev.unmask.generation.v1.GenerateResponse;
import java.io.PrintStream;

/** Prints committed text as it comes and ends it with a newline; nothing else. */
public final class TextDisplay implements Display {
  private final PrintStream out;

  /** Prints to {@code out}. */
  public TextDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(GenerateResponse event) {
    if (event.hasCommitted()) {
      out.print(event.getCommitted().getText());
      out.flush();
    }
  }

  @Override
  public void finish(Answer answer) {
    if (!answer.text().endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }
}
