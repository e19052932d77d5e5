/**
 * The files of a report: JSON, Markdown, and a page with pictures that needs nothing but itself.
 */
package dev.unmask.client.evaluation.report.page;
