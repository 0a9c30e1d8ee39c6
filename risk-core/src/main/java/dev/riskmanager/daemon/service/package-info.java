/** What the operating system's service manager is told, and asked for. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.service;
