package dev.riskmanager.trader.app;

/**
 * What {@code status} was asked for.
 *
 * @param once one snapshot as text
 * @param oneline one snapshot on one line
 * @param check the exit code
 */
record StatusRequest(boolean once, boolean oneline, boolean check) {}
