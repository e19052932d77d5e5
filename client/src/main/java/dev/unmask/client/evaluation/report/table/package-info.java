/** The tables of a report, and how they look in a terminal and in Markdown. */
package dev.unmask.client.evaluation.report.table;
