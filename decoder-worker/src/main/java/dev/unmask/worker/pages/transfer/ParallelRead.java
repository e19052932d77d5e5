package dev.unmask.worker.pages.transfer;

import dev.unmask.pagecache.v1.ReadPagesRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads pages by one ReadPages call on each of several lanes. */
public final class ParallelRead {
  private final List<Share> shares = new ArrayList<>();

  private ParallelRead() {}

  private record Share(Receipt receipt, PageReadCall call) {}

  /**
   * What came of it.
   *
   * @param sound how many pages are filled and sound: the first ones
   * @param miss why the next page is not, where its call says so
   * @param damaged the next page, if it arrived damaged
   * @param status how the next page's call ended; OK if there is none
   */
  public record Outcome(
      int sound, Optional<Miss> miss, Optional<NamedPage> damaged, Status status) {}

  /**
   * Fills pages. When it returns, nothing touches their memory any more.
   *
   * @param ways the channel of a lane
   * @param options with a deadline, which is the only bound of the wait
   */
  public static Outcome run(
      Lanes lanes,
      IntFunction<Channel> ways,
      CallOptions options,
      String namespace,
      List<NamedPage> pages) {
    var read = new ParallelRead();
    for (var share : lanes.divide(pages, NamedPage::recordBytes)) {
      read.begin(ways.apply(read.shares.size()), options, namespace, share);
    }
    return read.end();
  }

  private void begin(Channel way, CallOptions options, String namespace, List<NamedPage> pages) {
    var request = ReadPagesRequest.newBuilder().setNamespace(namespace);
    pages.forEach(page -> request.addKeys(page.key().toMessage()));
    var receipt = new Receipt(pages);
    shares.add(new Share(receipt, PageReadCall.start(way, options, request.build(), receipt)));
  }

  private Outcome end() {
    int sound = 0;
    for (var share : shares) {
      var status = share.call().await();
      var receipt = share.receipt();
      sound += receipt.sound();
      if (!receipt.whole() || !status.isOk()) {
        abandon();
        return new Outcome(sound, receipt.miss(), receipt.damaged(), status);
      }
    }
    return new Outcome(sound, Optional.empty(), Optional.empty(), Status.OK);
  }

  /** Pages behind one that is missing are of no use. */
  private void abandon() {
    shares.forEach(share -> share.call().cancel());
    for (var share : shares) {
      var _ = share.call().await();
    }
  }
}
