/** YAML files to validated records: the only code that reads and writes {@code config/}. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.config;
