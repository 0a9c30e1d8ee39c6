@NullMarked
package dev.riskmanager.trader.app;

import org.jspecify.annotations.NullMarked;
