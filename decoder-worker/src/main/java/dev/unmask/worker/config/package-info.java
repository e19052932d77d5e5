/** The worker's settings, read once and checked at boot. */
package dev.unmask.worker.config;
