/** The canvas: tokens and masks, decoded block by block. Plain arrays only. */
package dev.unmask.worker.canvas;
