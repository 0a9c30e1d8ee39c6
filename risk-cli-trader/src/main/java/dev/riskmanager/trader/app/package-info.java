/**
 * The program: its commands, its exit codes, and the only place that reads clocks and environment.
 */
@NullMarked
package dev.riskmanager.trader.app;

import org.jspecify.annotations.NullMarked;
