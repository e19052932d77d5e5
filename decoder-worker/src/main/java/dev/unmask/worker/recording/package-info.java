/**
 * Events for Java Flight Recorder. Off until a recording asks for them, and then as cheap as a
 * check; they hold counts and times, nothing of a prompt.
 */
package dev.unmask.worker.recording;
