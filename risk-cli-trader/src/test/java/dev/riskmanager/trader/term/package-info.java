@NullMarked
package dev.riskmanager.trader.term;

import org.jspecify.annotations.NullMarked;
