package dev.unmask.worker.api;

/**
 * Who answers.
 *
 * @param worker its name, unique in the fleet
 */
record Identity(String worker) {}
