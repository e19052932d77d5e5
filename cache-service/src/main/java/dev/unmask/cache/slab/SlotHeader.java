package dev.unmask.cache.slab;

import dev.unmask.page.PageKey;

/**
 * What a full slot holds.
 *
 * @param key under which it is stored
 * @param length of the record in bytes
 * @param checksum CRC32C of the record
 * @param generation number of the write
 */
record SlotHeader(PageKey key, int length, int checksum, long generation) {}
