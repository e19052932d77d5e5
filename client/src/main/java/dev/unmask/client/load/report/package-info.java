/** What a load test found: figures as JSON and tables, latency against load as drawings. */
package dev.unmask.client.load.report;
