/**
 * A model that is a script: what it predicts is a function of the keys it attends to, and these of
 * the tokens they were computed from, so that a wrong key is a wrong answer.
 */
package dev.unmask.bench.simulation.model;
