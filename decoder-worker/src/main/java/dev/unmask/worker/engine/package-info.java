/**
 * The model on a device: a TorchScript program kept as text, the weights it holds, and the state of
 * each request. All of an engine's calls come from one thread.
 */
package dev.unmask.worker.engine;
