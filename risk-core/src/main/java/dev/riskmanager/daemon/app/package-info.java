/** The composition root: the only place that builds adapters and reads the system's clock. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.app;
