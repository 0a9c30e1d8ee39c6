@NullMarked
package dev.riskmanager.trader.feed;

import org.jspecify.annotations.NullMarked;
