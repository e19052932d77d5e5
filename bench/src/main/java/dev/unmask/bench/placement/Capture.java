package dev.unmask.bench.placement;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.util.ForwardingLoadBalancerHelper;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A policy that does what another one does, and shows its picker. */
final class Capture extends LoadBalancerProvider {
  private final LoadBalancerProvider real;
  private final AtomicReference<SubchannelPicker> picker = new AtomicReference<>();

  Capture(Policy policy) {
    real = LoadBalancerRegistry.getDefaultRegistry().getProvider(policy.policy());
  }

  /** The latest picker of all ready nodes. */
  SubchannelPicker picker() {
    return picker.get();
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }

  @Override
  public String getPolicyName() {
    return "captured_" + real.getPolicyName();
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
    return real.parseLoadBalancingPolicyConfig(config);
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return real.newLoadBalancer(
        new ForwardingLoadBalancerHelper() {
          @Override
          protected LoadBalancer.Helper delegate() {
            return helper;
          }

          @Override
          public void updateBalancingState(ConnectivityState state, SubchannelPicker next) {
            picker.set(next);
            super.updateBalancingState(state, next);
          }
        });
  }

  /** A call as a picker sees it. */
  static final class Args extends LoadBalancer.PickSubchannelArgs {
    private final CallOptions options;
    private final Metadata headers;
    private final MethodDescriptor<?, ?> method;

    Args(CallOptions options, Metadata headers, MethodDescriptor<?, ?> method) {
      this.options = options;
      this.headers = headers;
      this.method = method;
    }

    @Override
    public CallOptions getCallOptions() {
      return options;
    }

    @Override
    public Metadata getHeaders() {
      return headers;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return method;
    }
  }
}
