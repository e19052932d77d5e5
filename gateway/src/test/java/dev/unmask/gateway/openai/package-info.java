/** OpenAI's API over a real gateway, a scripted worker behind it. */
package dev.unmask.gateway.openai;
