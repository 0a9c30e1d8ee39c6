/** The interactive shell: a loop around the commands, with completion, history and notices. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.shell;
