/** A decoding method as options: an unmask policy, a cache policy, and the parameters of each. */
package dev.unmask.client.options.method;
