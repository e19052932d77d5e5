/** What decoding methods cost beside the model's forwards. */
package dev.unmask.bench.policy;
