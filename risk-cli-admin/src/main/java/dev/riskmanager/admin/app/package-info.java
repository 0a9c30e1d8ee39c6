/** The program: options common to all commands, exit codes, the main class. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.app;
