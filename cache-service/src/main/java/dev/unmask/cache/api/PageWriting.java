package dev.unmask.cache.api;

import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.wire.IncomingChunk;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One WritePages call: chunks go straight to a reserved slot, one page at a time; gRPC asks the
 * peer for the next message when one is done. Called from one thread at a time.
 */
final class PageWriting implements StreamObserver<IncomingChunk> {
  private final Namespaces namespaces;
  private final ServerCallStreamObserver<WritePagesResponse> out;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private Optional<String> namespace = Optional.empty();
  private Optional<IncomingPage> page = Optional.empty();
  private Optional<IncomingPage> last = Optional.empty();
  private boolean over;

  PageWriting(Namespaces namespaces, ServerCallStreamObserver<WritePagesResponse> out) {
    this.namespaces = namespaces;
    this.out = out;
    out.setOnCancelHandler(this::end);
  }

  @Override
  public void onNext(IncomingChunk chunk) {
    try (chunk) {
      if (!over) {
        accept(chunk);
      }
    } catch (ProblemException e) {
      fail(e);
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  @Override
  public void onCompleted() {
    if (over) {
      return;
    }
    if (page.isPresent()) {
      fail(page.get().unfinished());
      return;
    }
    if (count(Outcome.OVER_QUOTA) > 0) {
      fail(overQuota());
      return;
    }
    end();
    out.onNext(
        WritePagesResponse.newBuilder()
            .setStored(count(Outcome.STORED))
            .setPresent(count(Outcome.PRESENT))
            .setRefused(count(Outcome.REFUSED))
            .build());
    out.onCompleted();
  }

  private void accept(IncomingChunk chunk) {
    ChunkBounds.check(chunk, namespace);
    var name = chunk.fields().getNamespace();
    namespace = Optional.of(name);
    if (page.isEmpty()) {
      page = Optional.of(new IncomingPage(namespaces.of(name), chunk.fields()));
      // Not before: between two pages of a state nobody shall give it up.
      closeLast();
    }
    page.get()
        .add(chunk)
        .ifPresent(outcome -> {
          outcomes.merge(outcome, 1, Integer::sum);
          last = page;
          page = Optional.empty();
        });
  }

  private void closeLast() {
    last.ifPresent(IncomingPage::close);
    last = Optional.empty();
  }

  private ProblemException overQuota() {
    String message =
        "%d of the call's pages are above the quota of namespace %s; the others are stored"
            .formatted(count(Outcome.OVER_QUOTA), namespace.orElseThrow());
    return new ProblemException(new Problem.OverQuota(namespace.orElseThrow(), message));
  }

  private int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  private void fail(ProblemException failure) {
    end();
    out.onError(Problems.toStatus(failure));
  }

  private void end() {
    over = true;
    closeLast();
    page.ifPresent(IncomingPage::close);
    page = Optional.empty();
  }
}
