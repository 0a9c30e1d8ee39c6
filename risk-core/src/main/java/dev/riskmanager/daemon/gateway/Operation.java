package dev.riskmanager.daemon.gateway;

/** The REST operations this program calls, and how each may be repeated. */
enum Operation {
  LOGIN_KEY("Auth/loginKey", AfterRenewal.NEVER),
  VALIDATE("Auth/validate", AfterRenewal.NEVER),
  ACCOUNT_SEARCH("Account/search", AfterRenewal.REPEAT),
  CONTRACT_AVAILABLE("Contract/available", AfterRenewal.REPEAT),
  CONTRACT_BY_ID("Contract/searchById", AfterRenewal.REPEAT),
  ORDER_PLACE("Order/place", AfterRenewal.NEVER),
  ORDER_MODIFY("Order/modify", AfterRenewal.NEVER),
  ORDER_CANCEL("Order/cancel", AfterRenewal.REPEAT),
  ORDER_SEARCH_OPEN("Order/searchOpen", AfterRenewal.REPEAT),
  ORDER_QUERY("Order/v2/query", AfterRenewal.REPEAT),
  POSITION_SEARCH_OPEN("Position/searchOpen", AfterRenewal.REPEAT),
  POSITION_CLOSE("Position/closeContract", AfterRenewal.REPEAT),
  POSITION_PARTIAL_CLOSE("Position/partialCloseContract", AfterRenewal.NEVER),
  TRADE_SEARCH("Trade/search", AfterRenewal.REPEAT);

  /**
   * Whether a request that met an expired token is sent again with the new one (rules §5). Not
   * where a request that was executed after all would be executed twice.
   */
  private enum AfterRenewal {
    REPEAT,
    NEVER
  }

  private final String path;
  private final AfterRenewal afterRenewal;

  Operation(String path, AfterRenewal afterRenewal) {
    this.path = path;
    this.afterRenewal = afterRenewal;
  }

  /** Below {@code /api/}; also the operation's name in logs. */
  String path() {
    return path;
  }

  ErrorCode code(int number) {
    return switch (this) {
      case LOGIN_KEY -> ErrorCodes.of(ErrorCodes.Login.values(), number);
      case VALIDATE -> ErrorCodes.of(ErrorCodes.Validate.values(), number);
      case ACCOUNT_SEARCH, CONTRACT_AVAILABLE -> ErrorCodes.of(ErrorCodes.ListAll.values(), number);
      case CONTRACT_BY_ID -> ErrorCodes.of(ErrorCodes.ContractById.values(), number);
      case ORDER_PLACE -> ErrorCodes.of(ErrorCodes.Place.values(), number);
      case ORDER_MODIFY -> ErrorCodes.of(ErrorCodes.Modify.values(), number);
      case ORDER_CANCEL -> ErrorCodes.of(ErrorCodes.Cancel.values(), number);
      case ORDER_SEARCH_OPEN, ORDER_QUERY, POSITION_SEARCH_OPEN, TRADE_SEARCH ->
          ErrorCodes.of(ErrorCodes.OfAccount.values(), number);
      case POSITION_CLOSE -> ErrorCodes.of(ErrorCodes.Close.values(), number);
      case POSITION_PARTIAL_CLOSE -> ErrorCodes.of(ErrorCodes.PartialClose.values(), number);
    };
  }

  boolean repeatsAfterRenewal() {
    return afterRenewal == AfterRenewal.REPEAT;
  }
}
