package dev.unmask.gateway.loopback;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param authorization the HTTP header of that name, as it came
 */
public record Caller(Optional<String> authorization) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  <S extends AbstractStub<S>> S on(S stub) {
    return authorization.map(given -> stub.withInterceptors(attaching(given))).orElse(stub);
  }

  private static ClientInterceptor attaching(String authorization) {
    var metadata = new Metadata();
    metadata.put(AUTHORIZATION, authorization);
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }
}
