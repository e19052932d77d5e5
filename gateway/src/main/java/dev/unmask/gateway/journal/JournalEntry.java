package dev.unmask.gateway.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.tracing.Trace;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.Prompt;
import io.grpc.Status;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.spi.LoggingEventBuilder;

/** One request's line of the log. It is written once, by whoever ends the request first. */
final class JournalEntry {
  private final Tenant tenant;
  private final Trace trace;
  private final LongSupplier nanoTime;
  private final long start;
  private final AtomicBoolean over = new AtomicBoolean();

  // Written by one thread at a time; read by the one that ends the call.
  private volatile GenerateRequest request = GenerateRequest.getDefaultInstance();
  private volatile Opened opened = Opened.getDefaultInstance();
  private volatile Closed closed = Closed.getDefaultInstance();

  JournalEntry(Tenant tenant, Trace trace, LongSupplier nanoTime) {
    this.tenant = tenant;
    this.trace = trace;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** What nobody may read is not kept either. */
  void asked(GenerateRequest given) {
    var kept = GenerateRequest.newBuilder().setModel(given.getModel()).setSpec(given.getSpec());
    if (tenant.logPrompts()) {
      kept.setPrompt(given.getPrompt());
    }
    request = kept.build();
  }

  void told(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> opened = event.getOpened();
      case CLOSED -> closed = event.getClosed();
      case DELTA, COMMITTED, EVENT_NOT_SET -> {
        // What is answered is in no log.
      }
    }
  }

  void cancelled() {
    over(Status.Code.CANCELLED);
  }

  void over(Status.Code status) {
    if (over.compareAndSet(false, true)) {
      write(status);
    }
  }

  private void write(Status.Code status) {
    var usage = closed.getUsage();
    var line = RequestJournal.LOG.atInfo();
    line = with(line, "request", opened.getRequestId());
    line = with(line, "trace", trace.id());
    line = with(line, "tenant", tenant.name());
    line = with(line, "namespace", tenant.namespace());
    line = with(line, "worker", opened.getWorker());
    line = with(line, "model", opened.getModel().getName());
    line = with(line, "method", MethodWords.of(request.getSpec()));
    line =
        line.addKeyValue("status", status.name().toLowerCase(Locale.ROOT))
            .addKeyValue("prompt_tokens", opened.getPromptTokens())
            .addKeyValue("completion_tokens", usage.getCompletionTokens())
            .addKeyValue("steps", usage.getSteps())
            .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start));
    if (request.hasPrompt()) {
      line = line.addKeyValue("prompt", text(request.getPrompt()));
    }
    line.log("request over");
  }

  private static LoggingEventBuilder with(LoggingEventBuilder line, String name, String value) {
    return value.isEmpty() ? line : line.addKeyValue(name, value);
  }

  /** As JSON, so that it is one line whatever is in it. */
  private static String text(Prompt prompt) {
    try {
      return shortened(JsonFormat.printer().omittingInsignificantWhitespace().print(prompt));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a prompt has no messages of unknown types", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= Limits.LOGGED_CHARACTERS
        ? text
        : text.substring(0, Limits.LOGGED_CHARACTERS) + "…";
  }
}
