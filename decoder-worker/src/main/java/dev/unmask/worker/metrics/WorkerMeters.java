package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.models.ServedModel;
import java.util.List;

/** The meters of what the worker counts anyway; it is asked at each scrape. */
public final class WorkerMeters {
  private WorkerMeters() {}

  /** Defines them. */
  public static void define(Metrics metrics, List<ServedModel> models, Station station) {
    requests(metrics, station);
    device(metrics, station);
    MemoryMeters.layouts(metrics, models);
    models.forEach(model -> {
      MemoryMeters.define(metrics, model);
      RetainedMeters.define(metrics, model.name(), station.retention());
    });
    SharingMeters.define(metrics, station.sharing());
  }

  private static void requests(Metrics metrics, Station station) {
    var slots = station.slots();
    metrics.gauge("unmask_num_requests_running", "Requests that have a slot.", slots::running);
    metrics.gauge("unmask_num_requests_waiting", "Requests that wait for one.", slots::waiting);
    metrics.gauge("unmask_slots", "Slots altogether.", slots::count);
  }

  private static void device(Metrics metrics, Station station) {
    var loop = station.steps();
    metrics.count("unmask_steps_total", "Steps made.", () -> loop.use().steps());
    metrics.count("unmask_steps_failed_total", "Steps that failed.", () -> loop.use().failures());
    metrics.count(
        "unmask_refreshes_total",
        "Steps that computed all rows of a canvas, or of many blocks.",
        () -> loop.use().refreshes());
    metrics.count("unmask_rows_total", "Rows of all steps.", () -> loop.use().rows());
    metrics.seconds(
        "unmask_device_busy_seconds_total", "Time in forwards.", () -> loop.use().busyNanos());
    metrics.seconds(
        "unmask_device_idle_seconds_total",
        "Time between forwards while a request was running.",
        () -> loop.use().idleNanos());
    metrics.seconds(
        "unmask_step_wait_seconds_total",
        "Time steps waited for their forward.",
        () -> loop.use().waitNanos());
  }
}
