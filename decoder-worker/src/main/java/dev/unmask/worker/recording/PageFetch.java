package dev.unmask.worker.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Looking up and fetching what others have of a request's state, leases waited for included. */
@Name("dev.unmask.PageFetch")
@Label("Page Fetch")
@Category("Unmask")
@Description("Looking up and fetching what others have of a request's state")
@StackTrace(false)
@Enabled(false)
public final class PageFetch extends Event {
  @Label("Positions On Device")
  int positionsOnDevice;

  @Label("Pages Hit")
  int pagesHit;

  @Label("Pages Missed")
  int pagesMissed;

  /** Says what it was, if a recording wants to know. */
  public void made(int held, int hit, int missed) {
    end();
    if (shouldCommit()) {
      positionsOnDevice = held;
      pagesHit = hit;
      pagesMissed = missed;
      commit();
    }
  }
}
