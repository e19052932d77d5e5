/**
 * What a block-causal model of a published size gains on one device by each way to share finished
 * blocks: within the device, out of mapped files, through gRPC; and how well a worker chooses
 * between fetching and computing.
 */
package dev.unmask.bench.blocks.device;
