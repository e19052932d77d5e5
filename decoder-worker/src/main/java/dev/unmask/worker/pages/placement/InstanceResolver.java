package dev.unmask.worker.pages.placement;

import dev.unmask.contract.Limits;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Resolves a list of instances, each part by gRPC's own resolver for its scheme, and again every
 * {@link Limits#RESOLVE_AGAIN}, because nothing else tells of an instance that was added. A part of
 * a longer list is one instance, named as it is written, whatever addresses it has; a list of one
 * part is as many instances as it has addresses, named after them.
 */
final class InstanceResolver extends NameResolver {
  private final List<Part> parts;
  private final Args args;
  private Optional<Listener2> listener = Optional.empty();
  private Optional<ScheduledHandle> again = Optional.empty();

  /** A part of the list, and what is known of it. */
  private static final class Part {
    private final String text;
    private final NameResolver resolver;
    private boolean asked;
    private List<EquivalentAddressGroup> groups = List.of();
    private Status status = Status.UNAVAILABLE.withDescription("no address");

    Part(String text, NameResolver resolver) {
      this.text = text;
      this.resolver = resolver;
    }
  }

  /** Resolves parts with what makes a resolver of a part's text. */
  InstanceResolver(List<String> texts, Args args, Parts resolvers) {
    this.args = args;
    parts = texts.stream().map(text -> new Part(text, resolvers.resolver(text))).toList();
  }

  /** Makes a resolver of a part. */
  @FunctionalInterface
  interface Parts {
    NameResolver resolver(String text);
  }

  @Override
  public String getServiceAuthority() {
    return "cache-service";
  }

  @Override
  public void start(Listener2 told) {
    listener = Optional.of(told);
    parts.forEach(part -> part.resolver.start(new PartListener(part)));
    var context = args.getSynchronizationContext();
    again =
        Optional.of(
            context.scheduleWithFixedDelay(
                this::refresh,
                Limits.RESOLVE_AGAIN,
                Limits.RESOLVE_AGAIN,
                args.getScheduledExecutorService()));
  }

  @Override
  public void refresh() {
    parts.forEach(part -> part.resolver.refresh());
  }

  @Override
  public void shutdown() {
    again.ifPresent(ScheduledHandle::cancel);
    parts.forEach(part -> part.resolver.shutdown());
  }

  /** Tells all that is known, once every part was asked. */
  private void tell() {
    if (!parts.stream().allMatch(part -> part.asked)) {
      return;
    }
    var groups = parts.stream().flatMap(part -> instances(part).stream()).toList();
    listener.ifPresent(told -> {
      if (groups.isEmpty()) {
        told.onError(parts.getLast().status);
      } else {
        told.onResult(
            ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
      }
    });
  }

  private List<EquivalentAddressGroup> instances(Part part) {
    if (part.groups.isEmpty()) {
      return part.groups;
    }
    // Under TLS an instance must have the name it is called here, not the list's.
    var authority =
        Attributes.newBuilder()
            .set(
                EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, part.resolver.getServiceAuthority())
            .build();
    if (parts.size() == 1) {
      return part.groups.stream()
          .map(group ->
              new EquivalentAddressGroup(
                  group.getAddresses(),
                  group.getAttributes().toBuilder().setAll(authority).build()))
          .toList();
    }
    List<SocketAddress> addresses =
        part.groups.stream().flatMap(group -> group.getAddresses().stream()).toList();
    var named = authority.toBuilder().set(RendezvousBalancer.INSTANCE, part.text).build();
    return List.of(new EquivalentAddressGroup(addresses, named));
  }

  private final class PartListener extends Listener2 {
    private final Part part;

    PartListener(Part part) {
      this.part = part;
    }

    @Override
    public void onResult(ResolutionResult result) {
      args.getSynchronizationContext()
          .execute(() -> {
            part.asked = true;
            if (result.getAddressesOrError().hasValue()) {
              part.groups = List.copyOf(result.getAddressesOrError().getValue());
            } else {
              part.status = result.getAddressesOrError().getStatus();
            }
            tell();
          });
    }

    /** What was known of it stays: a name server that is down takes no cache-service with it. */
    @Override
    public void onError(Status error) {
      args.getSynchronizationContext()
          .execute(() -> {
            part.asked = true;
            part.status = error;
            tell();
          });
    }
  }
}
