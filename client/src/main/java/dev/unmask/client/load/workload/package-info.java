/** What is asked under load: prompts and generation lengths, mixed by weight, drawn at random. */
package dev.unmask.client.load.workload;
