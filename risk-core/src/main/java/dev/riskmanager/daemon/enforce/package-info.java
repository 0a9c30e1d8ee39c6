/**
 * The executor: carries out committed decisions at the venue until they are proven done.
 *
 * <p>A plan per account ({@link dev.riskmanager.daemon.enforce.AccountPlan}) is a state machine
 * without threads, clocks or I/O: replies, reads and moments go in, requests and a wake-up time
 * come out. {@link dev.riskmanager.daemon.enforce.VenueEnforcement} drives the plans; time and
 * transport are behind {@link dev.riskmanager.daemon.enforce.Pacer} and {@link
 * dev.riskmanager.daemon.enforce.Calls}, so a simulation can run them with virtual time.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.enforce;
