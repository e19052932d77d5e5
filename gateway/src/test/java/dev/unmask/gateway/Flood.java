package dev.unmask.gateway;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.StepDelta;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker's script that sends as many deltas of 4 KiB as the gateway takes, then Closed. */
public final class Flood {
  private static final String PIECE = "x".repeat(4 << 10);

  private final int total;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger stalledAt = new AtomicInteger();

  /** So many deltas. */
  public Flood(int total) {
    this.total = total;
  }

  /** Deltas sent when the gateway last took no more; 0 before. */
  public int stalledAt() {
    return stalledAt.get();
  }

  /** The script. */
  public void start(FakeWorker.Call call) {
    call.gateway().setOnReadyHandler(() -> pour(call));
  }

  private void pour(FakeWorker.Call call) {
    while (call.gateway().isReady() && sent.get() < total) {
      call.gateway().onNext(delta(sent.getAndIncrement()));
    }
    if (sent.get() < total) {
      stalledAt.set(sent.get());
      return;
    }
    call.gateway().onNext(Story.closed());
    call.gateway().onCompleted();
  }

  private static DecodeResponse delta(int step) {
    return DecodeResponse.newBuilder()
        .setDelta(
            StepDelta.newBuilder().setStep(step).addCommits(Commit.newBuilder().setPiece(PIECE)))
        .build();
  }
}
