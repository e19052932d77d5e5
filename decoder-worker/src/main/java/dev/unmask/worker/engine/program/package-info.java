/**
 * The TorchScript program: its text, how it is packed and loaded, and how its methods are called.
 */
package dev.unmask.worker.engine.program;
