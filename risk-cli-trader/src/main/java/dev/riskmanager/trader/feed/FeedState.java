package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.ControlException;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment.
 *
 * @param connected whether there is a connection
 * @param trouble why there is none, null while there is one or the first is being made
 * @param picture the newest picture, of this connection or an earlier one; null before the first
 * @param answers the newest answers
 */
public record FeedState(
    boolean connected,
    @Nullable ControlException trouble,
    @Nullable Picture picture,
    Answers answers) {

  /** Before the first connection. */
  public static final FeedState START = new FeedState(false, null, null, Answers.NONE);
}
