/** What became of requests, and the figures of all of them at one load. */
package dev.unmask.client.load.measure;
