/** Half an hour of load and faults, run when asked for: what a service takes must not grow. */
package dev.unmask.deploy.soak;
