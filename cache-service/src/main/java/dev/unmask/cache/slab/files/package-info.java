/**
 * The files of a store: who owns the folder, how its files are mapped, what a slot's header says.
 */
package dev.unmask.cache.slab.files;
