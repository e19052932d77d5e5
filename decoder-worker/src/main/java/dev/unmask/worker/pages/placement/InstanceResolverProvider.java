package dev.unmask.worker.pages.placement;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resolves targets {@code instances:///PART,PART}, each part {@code host:port}, {@code
 * dns:///name:port}, {@code unix:/path} or whatever else gRPC resolves; gRPC finds it by the
 * scheme.
 */
public final class InstanceResolverProvider extends NameResolverProvider {
  private static final String SCHEME = "instances";

  /** For gRPC, which loads it as a service. */
  public InstanceResolverProvider() {}

  /** The target of instances, from a list with commas. */
  public static String target(String list) {
    return SCHEME + ":///" + String.join(",", parts(list));
  }

  private static List<String> parts(String list) {
    return Stream.of(list.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!SCHEME.equals(target.getScheme())) {
      return null;
    }
    var registry = NameResolverRegistry.getDefaultRegistry().asFactory();
    return new InstanceResolver(
        parts(target.getPath().substring(1)),
        args,
        part -> registry.newNameResolver(URI.create(scheme(part)), args));
  }

  private static String scheme(String part) {
    return part.startsWith("unix:") || part.contains("://") ? part : "dns:///" + part;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below every other: it never is the scheme of a target without one. */
  @Override
  protected int priority() {
    return 0;
  }
}
