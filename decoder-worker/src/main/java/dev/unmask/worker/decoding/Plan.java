package dev.unmask.worker.decoding;

import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Step;

/**
 * A step that is wanted, with what is needed to take its answer. Positions are the canvas's.
 *
 * @param step to be made
 * @param rows of it
 * @param eligible masks that could be committed, computed or not, rising
 * @param scored positions the step's scored rows speak for, rising
 * @param candidates of the scored, those that may be committed, as indices into them, rising
 */
record Plan(Step step, RowPlan rows, int[] eligible, int[] scored, int[] candidates) {}
