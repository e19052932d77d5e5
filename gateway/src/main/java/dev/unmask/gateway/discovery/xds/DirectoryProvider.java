package dev.unmask.gateway.discovery.xds;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import java.util.Map;

/**
 * Makes {@link DirectoryBalancer}s where a control plane's cluster names the policy; gRPC finds it
 * by that name.
 */
public final class DirectoryProvider extends LoadBalancerProvider {
  /** Name of the policy: the type of a {@code TypedStruct} in the cluster's policies. */
  public static final String POLICY = "dev.unmask.WorkerDirectory";

  private static final int PRIORITY = 5;

  /** For gRPC, which loads it as a service. */
  public DirectoryProvider() {}

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public String getPolicyName() {
    return POLICY;
  }

  /** There is nothing to set. */
  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
    return ConfigOrError.fromConfig(POLICY);
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new DirectoryBalancer(helper);
  }
}
