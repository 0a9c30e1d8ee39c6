@NullMarked
package dev.riskmanager.trader.diary;

import org.jspecify.annotations.NullMarked;
