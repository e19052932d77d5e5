/** Reading settings: a key nobody knows fails the boot, with the nearest right name. */
package dev.unmask.config;
