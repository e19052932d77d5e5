package dev.unmask.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void badRequest_asStatus_listsEveryViolation() throws Exception {
    var violations = List.of(new Violation("a", "is bad"), new Violation("b.c", "is worse"));
    var status = Problems.toStatus(new Problem.BadRequest(violations));
    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getStatus().getDescription())
        .isEqualTo("bad request; a is bad; b.c is worse");
    assertThat(detail(status, com.google.rpc.BadRequest.class).getFieldViolationsList())
        .extracting(FieldViolation::getField)
        .containsExactly("a", "b.c");
    assertThat(detail(status, ErrorInfo.class).getDomain()).isEqualTo(Problems.DOMAIN);
  }

  @Test
  void badRequest_moreThanFit_listsTheFirstAndCountsTheRest() throws Exception {
    var violations = Collections.nCopies(1000, new Violation("field", "must be something else"));
    var status = Problems.toStatus(new Problem.BadRequest(violations));
    var listed = detail(status, com.google.rpc.BadRequest.class).getFieldViolationsList();
    assertThat(listed).hasSizeBetween(50, 200);
    assertThat(listed.getLast().getDescription())
        .isEqualTo("breaks " + (1001 - listed.size()) + " more rules, not listed");
  }

  @Test
  void notFound_asStatus_namesTheResource() throws Exception {
    var status = Problems.toStatus(new Problem.NotFound("model", "m", "no model m"));
    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(detail(status, ResourceInfo.class).getResourceName()).isEqualTo("m");
  }

  @Test
  void unavailableAndExhausted_asStatus_sayWhenToRetry() throws Exception {
    var delay = Duration.ofMillis(1500);
    for (var problem :
        List.of(new Problem.Unavailable("u", delay), new Problem.Exhausted("e", delay))) {
      var status = Problems.toStatus(problem);
      assertThat(detail(status, RetryInfo.class).getRetryDelay())
          .isEqualTo(Durations.fromMillis(1500));
    }
  }

  @Test
  void failures_asStatus_keepProblemsAndStatusesAndHideBugs() {
    var problem = new Problem.DeadlineExceeded("late");
    assertThat(Problems.toStatus(new ProblemException(problem)).getStatus().getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    var status = Status.ABORTED.asRuntimeException();
    assertThat(Problems.toStatus((Throwable) status)).isSameAs(status);
    var bug = Problems.toStatus(new IllegalStateException("secret"));
    assertThat(bug.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(bug.getStatus().getDescription()).doesNotContain("secret");
  }

  private static <M extends Message> M detail(StatusRuntimeException status, Class<M> type)
      throws InvalidProtocolBufferException {
    for (Any detail : StatusProto.fromThrowable(status).getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no " + type + " in " + status);
  }
}
