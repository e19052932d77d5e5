/** What the log and traces say of each request: who asked, for what, and what it took. */
package dev.unmask.gateway.journal;
