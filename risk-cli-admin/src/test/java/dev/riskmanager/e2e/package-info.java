/** The product as its users run it: programs as processes, against a simulated venue. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.e2e;
