@org.jspecify.annotations.NullMarked
package dev.riskmanager.fuzz;
