/**
 * Decoding methods by name: what settings under the published projects' names stand for, with these
 * projects' defaults, and lists of methods to compare.
 */
package dev.unmask.client.evaluation.method;
