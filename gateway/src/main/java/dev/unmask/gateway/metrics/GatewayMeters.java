package dev.unmask.gateway.metrics;

import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.gateway.session.ReopenBudget;
import dev.unmask.metrics.Metrics;
import java.util.function.Predicate;

/** The meters of what the gateway knows anyway; it is asked at each scrape. */
public final class GatewayMeters {
  private GatewayMeters() {}

  /** Defines them. */
  public static void define(Metrics metrics, Gate gate, Fleet fleet, ReopenBudget budget) {
    metrics.gauge(
        "unmask_gateway_requests_waiting", "Requests that wait for their turn.", gate::waiting);
    metrics.gauge("unmask_gateway_requests_sent", "Requests at the workers.", gate::sent);
    metrics.count(
        "unmask_requests_reopened_total",
        "Requests that were opened anew on another worker.",
        budget::spent);
    metrics.gauge(
        "unmask_gateway_workers",
        "Workers that answered when they were last asked, and those that did not.",
        () -> workers(fleet, WorkerView::reachable),
        "state",
        "reachable");
    metrics.gauge(
        "unmask_gateway_workers",
        "Workers that answered when they were last asked, and those that did not.",
        () -> workers(fleet, worker -> !worker.reachable()),
        "state",
        "unreachable");
    metrics.gauge(
        "unmask_gateway_slots",
        "Slots of all workers that can be reached.",
        () -> fleet.now().slots());
  }

  private static long workers(Fleet fleet, Predicate<WorkerView> which) {
    return fleet.now().workers().stream().filter(which).count();
  }
}
