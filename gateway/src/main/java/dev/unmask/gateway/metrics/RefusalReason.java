package dev.unmask.gateway.metrics;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.unmask.contract.Problems;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import java.util.Set;

/**
 * Why a request failed, as its client was told (docs/api.md). Whatever else a worker may say is
 * {@code OTHER}, so that there are only so many.
 */
final class RefusalReason {
  private static final String OTHER = "OTHER";
  private static final Set<String> KNOWN =
      Set.of(
          "BAD_REQUEST",
          "NOT_FOUND",
          "UNAVAILABLE",
          "EXHAUSTED",
          "UNAUTHENTICATED",
          "PERMISSION_DENIED",
          "QUEUE_FULL",
          "QUOTA_REQUESTS",
          "QUOTA_WORK",
          "QUOTA_CONCURRENT",
          "DEADLINE_WOULD_PASS",
          "DEADLINE_EXCEEDED",
          "INTERNAL",
          OTHER);

  private RefusalReason() {}

  static Set<String> all() {
    return KNOWN;
  }

  static String of(Status status, Metadata trailers) {
    var details = StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList();
    return details.stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .findFirst()
        .flatMap(detail -> reason(detail.getValue()))
        .filter(KNOWN::contains)
        .orElse(OTHER);
  }

  private static Optional<String> reason(ByteString detail) {
    try {
      return Optional.of(ErrorInfo.parseFrom(detail))
          .filter(info -> info.getDomain().equals(Problems.DOMAIN))
          .map(ErrorInfo::getReason);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
