/** What reports are written with: markup, round scales, labels kept apart, whole files. */
package dev.unmask.client.document;
