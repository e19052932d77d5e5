package dev.unmask.worker.scheduling;

import dev.unmask.worker.engine.Cost;
import java.util.Optional;

/** A forward being put together, and what is left of its budgets. */
final class Forward {
  private final Budgets budgets;
  private Optional<String> model = Optional.empty();
  private long rows;
  private long refreshRows;
  private long keys;
  private long scoredRows;

  Forward(Budgets budgets) {
    this.budgets = budgets;
  }

  /** Takes a step if it belongs here: the first in any case, others within the budgets. */
  boolean take(Claim claim) {
    if (model.isPresent() && !(model.get().equals(claim.model()) && fits(claim.cost()))) {
      return false;
    }
    model = Optional.of(claim.model());
    var cost = claim.cost();
    rows += counted(cost);
    refreshRows += cost.refresh() ? cost.rows() : 0;
    keys += cost.keys();
    scoredRows += cost.scored();
    return true;
  }

  private boolean fits(Cost cost) {
    return metered(cost)
        && rows + counted(cost) <= budgets.rows()
        && keys + cost.keys() <= budgets.keys()
        && scoredRows + cost.scored() <= budgets.scoredRows();
  }

  /**
   * The first refresh may be larger than the meter: it must be made, and this is as good a time.
   */
  private boolean metered(Cost cost) {
    return !cost.refresh()
        || refreshRows == 0
        || refreshRows + cost.rows() <= budgets.refreshRows();
  }

  /** A refresh larger than the meter leaves the others as much room as one that just fits. */
  private int counted(Cost cost) {
    return cost.refresh() ? Math.min(cost.rows(), budgets.refreshRows()) : cost.rows();
  }
}
