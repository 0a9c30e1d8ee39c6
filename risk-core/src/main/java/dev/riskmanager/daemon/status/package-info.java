/** The engine's state as the records that the sockets send: pure, one snapshot in, one view out. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.status;
