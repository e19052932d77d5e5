/**
 * Measures what lower layers cost that come from another request's forward: accuracy by depth and
 * shared share, and how far keys, values and hidden states drift by layer. Design section 4; the
 * shape of the question is BiCache's (arXiv 2606.07571).
 */
package dev.unmask.worker.drift;
