package dev.unmask.gateway.access;

import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.Set;

/**
 * Asks of every call who it is, before anything else of it is looked at; {@link CallTenant} tells
 * it afterwards. Health and reflection are answered to everybody. Safe for any thread.
 */
public final class AccessInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Set<String> OPEN =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection");

  private final Access access;

  /** Asks by an access. */
  public AccessInterceptor(Access access) {
    this.access = access;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (OPEN.contains(
        Optional.ofNullable(call.getMethodDescriptor().getServiceName()).orElse(""))) {
      return next.startCall(call, headers);
    }
    try {
      var tenant = access.tenant(Optional.ofNullable(headers.get(AUTHORIZATION)));
      return Contexts.interceptCall(CallTenant.with(tenant), call, headers, next);
    } catch (ProblemException refusal) {
      var status = Problems.toStatus(refusal);
      call.close(
          status.getStatus(), Optional.ofNullable(status.getTrailers()).orElseGet(Metadata::new));
      return new Listener<>() {};
    }
  }
}
