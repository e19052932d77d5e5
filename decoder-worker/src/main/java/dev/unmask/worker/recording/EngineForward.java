package dev.unmask.worker.recording;

import dev.unmask.worker.engine.Cost;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A model forward, from its beginning to its end. */
@Name("dev.unmask.EngineForward")
@Label("Engine Forward")
@Category("Unmask")
@Description("A model forward that several requests share")
@StackTrace(false)
@Enabled(false)
public final class EngineForward extends Event {
  @Label("Model")
  String model = "";

  @Label("Steps")
  int steps;

  @Label("Rows")
  int rows;

  @Label("Refresh Rows")
  int refreshRows;

  @Label("Keys")
  int keys;

  @Label("Scored Rows")
  int scoredRows;

  /** Says what it was, if a recording wants to know. */
  public void made(String ofModel, List<Cost> costs) {
    end();
    if (!shouldCommit()) {
      return;
    }
    model = ofModel;
    steps = costs.size();
    for (var cost : costs) {
      rows += cost.rows();
      refreshRows += cost.refresh() ? cost.rows() : 0;
      keys += cost.keys();
      scoredRows += cost.scored();
    }
    commit();
  }
}
