package dev.riskmanager.admin.command;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out its answer
 * @param err everything else
 */
public record Printers(PrintWriter out, PrintWriter err) {}
