/**
 * What the engine said last, how old that is, and the connection that is made again when it breaks.
 */
@NullMarked
package dev.riskmanager.trader.feed;

import org.jspecify.annotations.NullMarked;
