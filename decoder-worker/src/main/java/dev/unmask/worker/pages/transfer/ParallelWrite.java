package dev.unmask.worker.pages.transfer;

import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** Stores pages by one WritePages call on each of several lanes. */
public final class ParallelWrite {
  private ParallelWrite() {}

  /**
   * Sends pages of one namespace. When it returns, nothing touches their memory any more.
   *
   * @param ways the channel of a lane
   * @param options with a deadline, which is the only bound of the wait
   * @return what became of them
   * @throws StatusException of the first call that failed; the others' pages may be stored
   */
  public static WritePagesResponse run(
      Lanes lanes, IntFunction<Channel> ways, CallOptions options, List<Shipment> shipments)
      throws StatusException {
    var parcels = shipments.stream().flatMap(Shipment::parcels).toList();
    var calls = new ArrayList<PageWriteCall>();
    for (var share : lanes.divide(parcels, Parcel::bytes)) {
      calls.add(PageWriteCall.start(ways.apply(calls.size()), options, share));
    }
    for (var status : calls.stream().map(PageWriteCall::await).toList()) {
      if (!status.isOk()) {
        throw status.asException();
      }
    }
    return sum(calls.stream().map(PageWriteCall::answer).flatMap(Optional::stream).toList());
  }

  private static WritePagesResponse sum(List<WritePagesResponse> answers) {
    return WritePagesResponse.newBuilder()
        .setStored(sum(answers, WritePagesResponse::getStored))
        .setPresent(sum(answers, WritePagesResponse::getPresent))
        .setRefused(sum(answers, WritePagesResponse::getRefused))
        .build();
  }

  private static int sum(
      List<WritePagesResponse> answers, ToIntFunction<WritePagesResponse> number) {
    return answers.stream().mapToInt(number).sum();
  }
}
