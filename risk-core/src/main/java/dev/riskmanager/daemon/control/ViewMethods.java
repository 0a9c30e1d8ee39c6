package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.ViewBackend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The methods that only look. */
final class ViewMethods {
  private static final int DEFAULT_TAIL = 50;
  private static final int LONGEST_TAIL = 10_000;
  private static final int RECEIPTS = 20;
  private static final int MOST_RECEIPTS = 1_000;

  private final ViewBackend backend;
  private final WatchHub hub;

  ViewMethods(ViewBackend backend, WatchHub hub) {
    this.backend = backend;
    this.hub = hub;
  }

  /** The methods for one client. */
  Map<String, Methods.Method> table(Connection client) {
    Map<String, Methods.Method> table = new LinkedHashMap<>();
    table.put("status", method(List.of("accountId"), this::status));
    table.put(
        "watch",
        Methods.Method.quick(List.of("accountId"), (peer, params) -> watch(client, params)));
    table.put("lockouts", method(List.of("history"), this::lockouts));
    table.put("log", method(List.of("tail", "rule", "before"), this::log));
    table.put("receipt", method(List.of("id"), this::receipt));
    table.put("receipts", method(List.of("accountId", "tail"), this::receipts));
    table.put("curve", method(List.of("accountId"), this::curve));
    table.put("hours", method(List.of(), params -> RpcFailure.valueOf(backend.hours())));
    return table;
  }

  private static Methods.Method method(List<String> params, Look look) {
    return Methods.Method.quick(params, (peer, given) -> new Methods.Reply(look.at(given)));
  }

  private Object status(Params params) throws RpcFailure {
    return RpcFailure.valueOf(backend.status(params.optionalLong("accountId")));
  }

  private Methods.Reply watch(Connection client, Params params) throws RpcFailure {
    OptionalLong accountId = params.optionalLong("accountId");
    // Refused here if there is no such account, not silently later.
    RpcFailure.valueOf(backend.status(accountId));
    return new Methods.Reply(Map.of("watching", true), () -> hub.add(client, accountId));
  }

  private Object lockouts(Params params) throws RpcFailure {
    return RpcFailure.valueOf(backend.lockouts(params.optionalFlag("history")));
  }

  private Object log(Params params) throws RpcFailure {
    int tail = params.optionalInt("tail", 1, LONGEST_TAIL, DEFAULT_TAIL);
    return RpcFailure.valueOf(
        backend.log(tail, params.optionalText("rule", 64), params.optionalLong("before")));
  }

  private Object receipts(Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.receipts(
            params.optionalLong("accountId"),
            params.optionalInt("tail", 1, MOST_RECEIPTS, RECEIPTS)));
  }

  private Object curve(Params params) throws RpcFailure {
    return RpcFailure.valueOf(backend.curve(params.optionalLong("accountId")));
  }

  private Object receipt(Params params) throws RpcFailure {
    return RpcFailure.valueOf(backend.receipt(params.optionalText("id", 64)));
  }

  /** A method without consequences, which need not know who asks. */
  private interface Look {
    Object at(Params params) throws RpcFailure;
  }
}
