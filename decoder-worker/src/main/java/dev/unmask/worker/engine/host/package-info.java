/** What forwards leave, in host memory: pages of keys and values, and predictions. */
package dev.unmask.worker.engine.host;
