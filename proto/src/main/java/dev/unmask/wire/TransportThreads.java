package dev.unmask.wire;

import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Runs calls that move pages on the threads that move bytes: all they do is copy and checksum what
 * is in the processor's cache there, which costs less than handing it to another thread (decision
 * 0013). All other calls run on the server's executor.
 */
final class TransportThreads implements ServerCallExecutorSupplier {
  private static final Set<String> MOVING =
      Set.of(
          PageCacheServiceGrpc.getReadPagesMethod().getFullMethodName(),
          PageCacheServiceGrpc.getWritePagesMethod().getFullMethodName());

  @Override
  public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    return MOVING.contains(call.getMethodDescriptor().getFullMethodName()) ? Runnable::run : null;
  }
}
