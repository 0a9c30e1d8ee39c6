/** The shell without a terminal: its session, its history, its completion, its news. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.shell;
