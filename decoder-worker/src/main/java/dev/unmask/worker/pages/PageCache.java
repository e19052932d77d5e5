package dev.unmask.worker.pages;

import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.type.v1.PageKey;
import dev.unmask.worker.pages.mapping.MappedPages;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import dev.unmask.worker.pages.transfer.PageReadCall;
import dev.unmask.worker.pages.transfer.PageWriteCall;
import dev.unmask.worker.pages.transfer.Receipt;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A client of the cache-service. Blocks its caller no longer than its {@link Patience}; asks
 * nothing while a {@link Pause} is on. Never throws because of the service. Safe for several
 * threads.
 */
public final class PageCache {
  private final Channel channel;
  private final Optional<MappedPages> mapped;
  private final Pause pause;
  private final Patience patience;
  private final PageCacheServiceGrpc.PageCacheServiceBlockingV2Stub calls;

  /**
   * Talks to one service.
   *
   * @param channel to it, over the network; the caller closes it
   */
  public PageCache(Channel channel, Pause pause, Patience patience) {
    this(channel, pause, patience, Optional.empty());
  }

  /**
   * Talks to one service.
   *
   * @param channel to it, over the network; the caller closes it
   * @param mapped reads pages out of the service's files, as long as that works
   */
  public PageCache(Channel channel, Pause pause, Patience patience, Optional<MappedPages> mapped) {
    this.mapped = mapped;
    this.channel = channel;
    this.pause = pause;
    this.patience = patience;
    this.calls = PageCacheServiceGrpc.newBlockingV2Stub(channel);
  }

  /**
   * Which pages are there.
   *
   * @return for each key whether its record is there with that length
   */
  Answer<List<Long>> find(String namespace, List<PageKey> keys) {
    if (pause.on()) {
      return new Answer.None<>(Miss.PAUSED);
    }
    try {
      var request = FindPagesRequest.newBuilder().setNamespace(namespace).addAllKeys(keys).build();
      var lengths = calls.withDeadlineAfter(patience.find()).findPages(request).getLengthsList();
      pause.succeeded();
      return lengths.size() == keys.size()
          ? new Answer.Got<>(lengths)
          : new Answer.None<>(Miss.DAMAGED);
    } catch (StatusException e) {
      return new Answer.None<>(failed(e.getStatus()));
    }
  }

  /**
   * Fills pages.
   *
   * @return why not all of them are filled and sound; empty if they are
   */
  Optional<Miss> read(String namespace, List<NamedPage> pages) {
    if (pause.on()) {
      return Optional.of(Miss.PAUSED);
    }
    if (mapped.isPresent() && mapped.get().read(channel, namespace, pages, patience.find())) {
      pause.succeeded();
      return Optional.empty();
    }
    var request = ReadPagesRequest.newBuilder().setNamespace(namespace);
    pages.forEach(page -> request.addKeys(page.key().toMessage()));
    var receipt = new Receipt(pages);
    var options =
        CallOptions.DEFAULT.withDeadlineAfter(patience.read().toNanos(), TimeUnit.NANOSECONDS);
    var status = PageReadCall.run(channel, options, request.build(), receipt);
    if (receipt.miss().isPresent()) {
      return receipt.miss();
    }
    if (!status.isOk()) {
      return Optional.of(failed(status));
    }
    pause.succeeded();
    return receipt.whole() ? Optional.empty() : Optional.of(Miss.DAMAGED);
  }

  /**
   * Stores pages.
   *
   * @return how many were new, or why they were not taken
   */
  Answer<Integer> write(String namespace, List<NamedPage> pages) {
    if (pause.on()) {
      return new Answer.None<>(Miss.PAUSED);
    }
    try {
      int stored = PageWriteCall.run(calls.withDeadlineAfter(patience.write()), namespace, pages);
      pause.succeeded();
      return new Answer.Got<>(stored);
    } catch (StatusException e) {
      return new Answer.None<>(failed(e.getStatus()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None<>(Miss.FAILED);
    }
  }

  private Miss failed(Status status) {
    if (!Thread.currentThread().isInterrupted()) {
      pause.failed();
    }
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED ? Miss.LATE : Miss.FAILED;
  }
}
