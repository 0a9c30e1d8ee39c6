/** The contract table that is shipped with the program, for contracts the venue has not listed. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.contracts;
