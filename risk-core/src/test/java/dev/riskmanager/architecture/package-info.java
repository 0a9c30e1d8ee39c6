/** The walls of the house, as tests. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.architecture;
