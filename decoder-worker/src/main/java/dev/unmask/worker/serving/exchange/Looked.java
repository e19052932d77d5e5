package dev.unmask.worker.serving.exchange;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.pages.choice.Decision;

/**
 * What came of a look-up.
 *
 * @param hit pages that came and are used
 * @param missed pages that were asked for and are computed instead
 * @param mode of sharing them
 * @param encoding they are written in
 * @param layers whose pages were asked for, from the lowest
 * @param decision fetching against computing
 */
public record Looked(
    int hit, int missed, SharingMode mode, int layers, PageEncoding encoding, Decision decision) {}
