/** The commands, one a file. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.command;
