/** The decode loop: canvas, unmask policy, cache policy and denoiser, one step at a time. */
package dev.unmask.worker.decoding;
