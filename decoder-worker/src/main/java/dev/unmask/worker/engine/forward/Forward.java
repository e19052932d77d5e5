package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A model forward that several canvases share: parts are added, it is run once, and each part finds
 * its hidden states at its place. Parts whose layers choose their own rows share a forward of their
 * own. For the engine's thread only.
 */
public final class Forward implements AutoCloseable {
  private final TorchProgram program;
  private final List<Part.Shared> shared = new ArrayList<>();
  private final List<CanvasMemory> owners = new ArrayList<>();
  private final List<Part.Layered> layered = new ArrayList<>();
  private final List<CanvasMemory> choosing = new ArrayList<>();
  private final List<CanvasMemory> layeredOwners = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();
  private int sharedWanted;
  private int layeredWanted;
  private Optional<IValue> sharedHidden = Optional.empty();
  private Optional<IValue> layeredHidden = Optional.empty();
  private IValue[] rollouts = {};

  /** Nothing in it yet. */
  public Forward(TorchProgram program) {
    this.program = program;
  }

  /**
   * Adds a canvas's step.
   *
   * @param wanted indices into the step's rows; rows of a shadow follow those of the canvas
   * @throws IllegalArgumentException if a row would attend to what is neither computed nor stored
   */
  public Place add(CanvasMemory memory, Step step, int[] wanted) {
    return switch (memory.plan(step, wanted)) {
      case Part.Shared part -> add(part, memory);
      case Part.Layered part -> add(part, memory);
    };
  }

  private Place add(Part.Shared part, CanvasMemory memory) {
    int rollout = count(Segment.Kind.ROLLOUT);
    shared.add(part);
    owners.add(memory);
    if (part.segments().getFirst().kind() == Segment.Kind.RETAIN) {
      choosing.add(memory);
    }
    var place = new Place(false, sharedWanted, part.wanted().length, rollout);
    sharedWanted += part.wanted().length;
    return place;
  }

  private int count(Segment.Kind kind) {
    return (int) shared.stream().filter(part -> part.segments().getFirst().kind() == kind).count();
  }

  private Place add(Part.Layered part, CanvasMemory memory) {
    var place = new Place(true, layeredWanted, part.wanted().length, layered.size());
    layered.add(part);
    layeredOwners.add(memory);
    layeredWanted += part.wanted().length;
    return place;
  }

  /** Computes all parts. */
  public void run() {
    if (!shared.isEmpty()) {
      runShared(Packing.shared(shared));
    }
    if (!layered.isEmpty()) {
      runLayered(Packing.layered(layered));
    }
  }

  private void runShared(Packing packing) {
    try (var call = program.call("forward")) {
      call.vector(packing.ints()).numbers(packing.sizes()).numbers(packing.plan());
      call.numbers(packing.most()).numbers(packing.late()).list(packing.joining());
      var parts = call.numbers(packing.told()).parts();
      sharedHidden = Optional.of(own(parts.get(0)));
      rollouts = list(parts.get(1));
      owned.addAll(List.of(rollouts));
      choose(choosing, list(parts.get(2)));
      tell(packing.told(), list(parts.get(3)));
    }
  }

  /** Gives the states to the canvases whose first row they begin at. */
  private void tell(long[] told, IValue[] states) {
    var byRow = new HashMap<Long, List<IValue>>();
    for (int i = 0; i < states.length; i++) {
      byRow.computeIfAbsent(told[3 * i + 1], _ -> new ArrayList<>()).add(states[i]);
    }
    long row = 0;
    for (int i = 0; i < shared.size(); i++) {
      owners.get(i).tell(byRow.getOrDefault(row, List.of()));
      row += shared.get(i).input().count();
    }
  }

  private void runLayered(Packing packing) {
    try (var call = program.call("forward_layers")) {
      call.vector(packing.ints()).numbers(packing.sizes()).numbers(packing.plan());
      var parts = call.parts();
      layeredHidden = Optional.of(own(parts.get(0)));
      choose(layeredOwners, list(parts.get(1)));
    }
  }

  private IValue own(IValue value) {
    owned.add(value);
    return value;
  }

  private static IValue[] list(IValue tensors) {
    try (tensors) {
      return tensors.toIValueArray();
    }
  }

  private static void choose(List<CanvasMemory> memories, IValue[] chosen) {
    for (int i = 0; i < chosen.length; i++) {
      memories.get(i).choose(chosen[i]);
    }
  }

  /** Hidden states of the forward a place is in, {@code [wanted of all parts][hidden]}. */
  public IValue hidden(Place place) {
    return (place.layered() ? layeredHidden : sharedHidden).orElseThrow();
  }

  /** Hidden states at a place, copied; the caller's to close. */
  public IValue copy(Place place) {
    try (var call = program.call("rows_of")) {
      return call.value(hidden(place)).number(place.first()).number(place.count()).run();
    }
  }

  /** Attention rollout of a place whose step asked for it, {@code [positions]}. */
  public IValue rollout(Place place) {
    return rollouts[place.part()];
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
  }
}
