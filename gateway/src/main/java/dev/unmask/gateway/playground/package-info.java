/** The playground: a page of static files, and what a browser may do with it. */
package dev.unmask.gateway.playground;
