package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a socket can be asked, by name. One for each connection: it may remember who was
 * authenticated.
 */
@FunctionalInterface
interface Methods {

  /**
   * Finds a method.
   *
   * @return null if this socket has no such method
   */
  @Nullable Method find(String name);

  /**
   * A method.
   *
   * @param params the names of its parameters
   * @param body what it does
   * @param waits whether it may wait for the venue, the disk or a password
   */
  record Method(List<String> params, Body body, boolean waits) {
    /** One that is answered from memory, or from what a reader of the books finds at once. */
    static Method quick(List<String> params, Body body) {
      return new Method(params, body, false);
    }

    /** One that may wait. */
    static Method waiting(List<String> params, Body body) {
      return new Method(params, body, true);
    }
  }

  /** What a method does, on the connection's own thread; it may wait. */
  @FunctionalInterface
  interface Body {
    Reply call(Peer peer, Params params) throws RpcFailure;
  }

  /**
   * The end of a method.
   *
   * @param result a record of the wire
   * @param after what happens once the answer is on its way
   */
  record Reply(Object result, Runnable after) {
    Reply(Object result) {
      this(result, () -> {});
    }
  }

  /** The methods of a table. */
  static Methods of(Map<String, Method> table) {
    return table::get;
  }
}
