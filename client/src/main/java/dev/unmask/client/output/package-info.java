/** What the command line shows of a generation: a drawn canvas, plain text, or JSON. */
package dev.unmask.client.output;
