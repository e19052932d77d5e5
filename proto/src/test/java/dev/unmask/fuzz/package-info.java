/**
 * Attacks parsers with inputs that a fuzzer makes up: Jazzer, each target in a process of its own.
 */
package dev.unmask.fuzz;
