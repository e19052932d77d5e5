/** Options that commands share, and what they mean to a gateway. */
package dev.unmask.client.options;
