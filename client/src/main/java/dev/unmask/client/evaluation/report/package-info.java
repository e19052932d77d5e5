/** What an evaluation found. */
package dev.unmask.client.evaluation.report;
