/**
 * {@code unmask top}: services' {@code /metrics} pages become {@link
 * dev.unmask.client.top.scrape.Change}s, these become cells of tables, and the tables lines that
 * fit the terminal. All but {@link dev.unmask.client.top.FleetWatch} and {@link
 * dev.unmask.client.top.FullScreen} are pure functions.
 */
package dev.unmask.client.top;
