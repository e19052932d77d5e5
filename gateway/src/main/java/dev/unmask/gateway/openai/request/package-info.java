/** What a client of OpenAI's API asks for, as the gateway's own request. */
package dev.unmask.gateway.openai.request;
