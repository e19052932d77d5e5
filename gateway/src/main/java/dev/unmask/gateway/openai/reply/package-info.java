/** What OpenAI's clients read: its JSON objects, and how a generation becomes them. */
package dev.unmask.gateway.openai.reply;
