/**
 * What a score is made of: how sure a row is of its token, and what is weighed in. Plain arrays
 * only.
 */
package dev.unmask.worker.scoring;
