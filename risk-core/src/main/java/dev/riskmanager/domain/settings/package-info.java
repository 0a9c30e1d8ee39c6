/** Configuration as a tree with positions, read by what it configures, with every error kept. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.settings;
