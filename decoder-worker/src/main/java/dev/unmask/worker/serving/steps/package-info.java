/**
 * The step loop: requests come with a step each, wait, and share forwards on the engine's thread.
 */
package dev.unmask.worker.serving.steps;
