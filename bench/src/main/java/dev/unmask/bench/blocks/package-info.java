/**
 * What block-causal models gain by sharing: workloads whose prompts begin alike, asked of a fleet.
 */
package dev.unmask.bench.blocks;
