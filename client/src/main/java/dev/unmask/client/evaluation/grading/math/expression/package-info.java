/** What mathematics says, apart from how it is written. */
package dev.unmask.client.evaluation.grading.math.expression;
