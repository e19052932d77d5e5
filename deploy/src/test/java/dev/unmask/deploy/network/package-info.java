/** The services on machines of a network of their own, which is cut, slowed and made to lose. */
package dev.unmask.deploy.network;
