/** The trader's own diary: a file of the trader's own user that never reaches the engine. */
@NullMarked
package dev.riskmanager.trader.diary;

import org.jspecify.annotations.NullMarked;
