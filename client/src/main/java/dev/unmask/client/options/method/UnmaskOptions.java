package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The unmask policy and its parameters. */
public final class UnmaskOptions {
  @ArgGroup(exclusive = true)
  private PolicyChoice policy = new PolicyChoice();

  @Mixin private BoundOptions bounds = new BoundOptions();
  @Mixin private ScheduleOptions schedule = new ScheduleOptions();
  @Mixin private WinoOptions wino = new WinoOptions();
  @Mixin private PcSamplerOptions pcSampler = new PcSamplerOptions();

  /** Sets what was given. */
  public void apply(DecodingSpec.Builder spec, Placement placement) {
    policy.apply(spec);
    bounds.apply(spec, placement);
    schedule.apply(spec, placement);
    wino.apply(spec, placement);
    pcSampler.apply(spec, placement);
  }
}
