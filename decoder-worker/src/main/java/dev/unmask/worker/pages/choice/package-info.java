/**
 * Whether a state that is there is fetched or computed anew: pure, from what fetching and computing
 * took lately.
 */
package dev.unmask.worker.pages.choice;
