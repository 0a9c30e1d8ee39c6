/** The few interfaces between the loop and its adapters. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.port;
