package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.StatusView;

/**
 * What the engine said last.
 *
 * @param status the picture
 * @param atNanos when it arrived, by the monotonic clock of the feed
 */
public record Picture(StatusView status, long atNanos) {}
