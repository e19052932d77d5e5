/**
 * What closed requests leave in the device's memory, for later ones that begin alike. Only of
 * block-causal models, where a beginning is exact whatever follows it.
 */
package dev.unmask.worker.serving.retained;
