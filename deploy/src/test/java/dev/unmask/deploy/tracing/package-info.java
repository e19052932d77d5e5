/** Traces of real requests over all services, as a collector gets them. */
package dev.unmask.deploy.tracing;
