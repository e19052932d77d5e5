package dev.unmask.worker.serving.steps;

/**
 * What a device has done since it was started.
 *
 * @param forwards made
 * @param steps in them, failed ones too
 * @param failures steps that failed
 * @param refreshes steps that computed all rows of a canvas, or of many blocks
 * @param rows computed, as planned
 * @param mostSteps in one forward
 * @param busyNanos within forwards
 * @param idleNanos between two forwards, while a request was running all the time
 * @param waitNanos sum over the steps, from submission until their forward began
 */
public record DeviceUse(
    long forwards,
    long steps,
    long failures,
    long refreshes,
    long rows,
    int mostSteps,
    long busyNanos,
    long idleNanos,
    long waitNanos) {
  /** Nothing yet. */
  static final DeviceUse NONE = new DeviceUse(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Steps a forward; 0 before the first. */
  public double stepsPerForward() {
    return forwards == 0 ? 0 : (double) steps / forwards;
  }

  /** The share of time in which a device that had requests computed nothing, 0 to 1. */
  public double idleShare() {
    return busyNanos == 0 ? 0 : (double) idleNanos / (idleNanos + busyNanos);
  }

  /** With another one's figures added; the larger one's most steps. */
  DeviceUse plus(DeviceUse more) {
    return new DeviceUse(
        forwards + more.forwards,
        steps + more.steps,
        failures + more.failures,
        refreshes + more.refreshes,
        rows + more.rows,
        Math.max(mostSteps, more.mostSteps),
        busyNanos + more.busyNanos,
        idleNanos + more.idleNanos,
        waitNanos + more.waitNanos);
  }
}
