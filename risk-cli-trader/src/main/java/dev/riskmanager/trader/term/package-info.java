/** The terminal: the only package that knows Lanterna. */
@NullMarked
package dev.riskmanager.trader.term;

import org.jspecify.annotations.NullMarked;
