/** How every service runs as a process of its own. */
package dev.unmask.service;
