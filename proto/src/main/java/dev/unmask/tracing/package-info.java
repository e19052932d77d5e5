/**
 * Traces of requests over all services, as OpenTelemetry's collectors take them. Spans hold counts,
 * names and times, never a prompt, an answer or their tokens.
 */
package dev.unmask.tracing;
