/** What the tests of the trader's program share. */
@NullMarked
package dev.riskmanager.trader;

import org.jspecify.annotations.NullMarked;
