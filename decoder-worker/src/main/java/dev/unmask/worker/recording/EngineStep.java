package dev.unmask.worker.recording;

import dev.unmask.worker.engine.Cost;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** One request's part in a forward; told when that ended. */
@Name("dev.unmask.EngineStep")
@Label("Engine Step")
@Category("Unmask")
@Description("One request's part in a model forward")
@StackTrace(false)
@Enabled(false)
public final class EngineStep extends Event {
  @Label("Waited")
  @Timespan(Timespan.NANOSECONDS)
  long waited;

  @Label("Rows")
  int rows;

  @Label("Keys")
  int keys;

  @Label("Scored Rows")
  int scoredRows;

  @Label("Refresh")
  boolean refresh;

  @Label("Failed")
  boolean failed;

  /** Says what it was, if a recording wants to know. */
  public void made(Cost cost, Duration waitedFor, boolean hasFailed) {
    if (!shouldCommit()) {
      return;
    }
    waited = waitedFor.toNanos();
    rows = cost.rows();
    keys = cost.keys();
    scoredRows = cost.scored();
    refresh = cost.refresh();
    failed = hasFailed;
    commit();
  }
}
