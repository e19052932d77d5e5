/**
 * How many of a model's lower layers requests may take from each other: sharing mode SHALLOW,
 * design section 4. What is known of it was measured, and lies beside the model.
 */
package dev.unmask.worker.shallow;
