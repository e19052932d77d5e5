/** Dashboards, alert rules and their runbook, against what services really serve. */
package dev.unmask.deploy.observability;
