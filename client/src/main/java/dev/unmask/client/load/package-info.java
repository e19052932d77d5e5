/**
 * Load tests: a workload is put on a gateway at one load after another, and what clients would have
 * waited is measured.
 */
package dev.unmask.client.load;
