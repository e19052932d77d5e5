/**
 * What a request takes from others and gives to them, over its life: the first forward of a model
 * with full attention, finished blocks of a block-causal one.
 */
package dev.unmask.worker.serving.exchange;
