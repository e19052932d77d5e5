package dev.unmask.cache;

import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One WritePages call of a test. */
final class Writing implements StreamObserver<WritePagesResponse> {
  private final CompletableFuture<WritePagesResponse> answer = new CompletableFuture<>();

  static WritePagesResponse write(RunningCache cache, List<WritePagesRequest> chunks)
      throws Exception {
    var call = new Writing();
    var out = cache.asyncCalls().writePages(call);
    chunks.forEach(out::onNext);
    out.onCompleted();
    return call.answer();
  }

  WritePagesResponse answer() throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void onNext(WritePagesResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(new AssertionError("no answer"));
  }
}
