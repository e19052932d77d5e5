/** Text to tokens and back: tokenizer, chat template, and the text of an answer as it grows. */
package dev.unmask.worker.text;
