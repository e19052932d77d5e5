/**
 * OpenAI's HTTP API, as far as it fits a denoising canvas: calls become the gateway's own gRPC
 * calls, what these answer becomes JSON or server-sent events.
 */
package dev.unmask.gateway.openai;
