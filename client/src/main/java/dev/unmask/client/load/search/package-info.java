/** Searching the highest rate that a server bears. */
package dev.unmask.client.load.search;
