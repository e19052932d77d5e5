/**
 * Requests that name no method but say what they prefer. Pure: which method that is, a model's
 * description says.
 */
package dev.unmask.contract.preference;
