/** Reading services' {@code /metrics} pages, and what changed from one to the next. */
package dev.unmask.client.top.scrape;
