package dev.riskmanager.daemon.enforce;

/**
 * A request under way.
 *
 * @param deadline monotonic; without an answer until then it counts as ambiguous
 */
record Sent(long id, VenueRequest request, Step step, Stamp stamp, long deadline) {}
