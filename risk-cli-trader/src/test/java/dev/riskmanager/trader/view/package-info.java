@NullMarked
package dev.riskmanager.trader.view;

import org.jspecify.annotations.NullMarked;
