package dev.riskmanager.sim.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything a client can ask of the venue, by the name used in knobs and in the request log.
 *
 * <p>Source of the list: the venue's operations as of 2026, {@code Order/searchById} and {@code
 * Order/v2/query} included.
 */
public enum Operation {
  PING("Status/ping", false),
  LOGIN_KEY("Auth/loginKey", false),
  LOGIN_APP("Auth/loginApp", false),
  VALIDATE("Auth/validate", true),
  LOGOUT("Auth/logout", true),
  ACCOUNT_SEARCH("Account/search", true),
  CONTRACT_AVAILABLE("Contract/available", true),
  CONTRACT_SEARCH("Contract/search", true),
  CONTRACT_BY_ID("Contract/searchById", true),
  BARS("History/retrieveBars", true),
  ORDER_PLACE("Order/place", true),
  ORDER_MODIFY("Order/modify", true),
  ORDER_CANCEL("Order/cancel", true),
  ORDER_SEARCH("Order/search", true),
  ORDER_SEARCH_OPEN("Order/searchOpen", true),
  ORDER_BY_ID("Order/searchById", true),
  ORDER_QUERY("Order/v2/query", true),
  POSITION_SEARCH_OPEN("Position/searchOpen", true),
  POSITION_CLOSE("Position/closeContract", true),
  POSITION_PARTIAL_CLOSE("Position/partialCloseContract", true),
  TRADE_SEARCH("Trade/search", true),
  USER_NEGOTIATE("hubs/user/negotiate", true),
  MARKET_NEGOTIATE("hubs/market/negotiate", true),
  USER_HUB("hubs/user", true),
  MARKET_HUB("hubs/market", true);

  private final String label;
  private final boolean authenticated;

  Operation(String label, boolean authenticated) {
    this.label = label;
    this.authenticated = authenticated;
  }

  /** Such as {@code Position/closeContract}, or {@code hubs/user} for the upgrade of a hub. */
  public String label() {
    return label;
  }

  public boolean authenticated() {
    return authenticated;
  }

  /** Whether it is one of the REST operations, under {@code /api}. */
  public boolean rest() {
    return !label.startsWith("hubs/");
  }

  public static Optional<Operation> byLabel(String label) {
    return Arrays.stream(values()).filter(o -> o.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Operation::label).toList();
  }
}
