package dev.unmask.gateway.discovery.xds;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.util.Optional;

/**
 * Tells the {@link Directory} of its channel which endpoints it was given, and connects to none of
 * them: the gateway has channels of its own, and chooses by load and by what workers hold. It says
 * that it is ready, so that gRPC stays with the endpoints of the first priority. There is one for
 * each cluster and priority in use; gRPC calls all of a channel in turn.
 */
final class DirectoryBalancer extends LoadBalancer {
  private static final Status NO_CALLS =
      Status.UNAVAILABLE.withDescription("this channel lists workers and takes no calls");

  private final Helper helper;
  private final Optional<Directory> directory;

  DirectoryBalancer(Helper helper) {
    this.helper = helper;
    this.directory = Optional.ofNullable(helper.getNameResolverArgs().getArg(Directory.KEY));
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    var groups = resolved.getAddresses();
    directory.ifPresent(listing -> listing.list(this, groups));
    if (groups.isEmpty()) {
      return Status.UNAVAILABLE.withDescription("no endpoints");
    }
    become(ConnectivityState.READY, NO_CALLS);
    return Status.OK;
  }

  /** What was listed stays listed. */
  @Override
  public void handleNameResolutionError(Status error) {
    become(ConnectivityState.TRANSIENT_FAILURE, error);
  }

  private void become(ConnectivityState state, Status answer) {
    helper.updateBalancingState(state, new FixedResultPicker(PickResult.withDrop(answer)));
  }

  @Override
  public void shutdown() {
    directory.ifPresent(listing -> listing.forget(this));
  }
}
