/**
 * Settings under the names the published projects use, and the decoding they stand for: d2Cache's
 * Hydra keys, and the arguments of Fast-dLLM, LLaDA and dLLM-Cache.
 */
package dev.unmask.client.evaluation.settings;
