package dev.unmask.contract;

/**
 * One broken bound of a request.
 *
 * @param field path of the field, e.g. {@code spec.threshold.threshold}
 * @param description what it must be and what it was
 */
public record Violation(String field, String description) {}
