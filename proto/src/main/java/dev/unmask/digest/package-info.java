/** The digest by which weights, prompts, pages and keys are told apart. */
package dev.unmask.digest;
