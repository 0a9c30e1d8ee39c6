package dev.riskmanager.recording;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.engine.Restoration.Remembered;
import dev.riskmanager.domain.engine.Restoration.ResetMark;
import dev.riskmanager.domain.engine.Restoration.Rows;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.timer.Timer;
import dev.riskmanager.payload.Fields;
import dev.riskmanager.payload.Fields.Malformed;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.WireJson;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of {@code EngineStarted}: everything a starting engine restored its state from, so
 * that a recording which begins at a restart replays to the decisions taken live. Pure.
 */
public final class EngineStart {
  private EngineStart() {}

  /**
   * Writes it.
   *
   * @param rows what the core was restored from
   * @param accounts those that are watched
   * @param rules the effective rules, in the form of {@code ConfigChanged}
   */
  public static ObjectNode write(Rows rows, List<AccountId> accounts, JsonNode rules) {
    ObjectNode data = object();
    data.put("configHash", RuleTree.hash(rules))
        .put("lastSeen", rows.lastSeen().toString())
        .put("nextLockoutId", rows.nextLockoutId());
    accounts.forEach(account -> data.withArray("accounts").add(account.value()));
    data.set("rules", rules);
    data.set("lockouts", list(rows.lockouts(), EngineStart::lockout));
    data.set("timers", list(rows.timers(), EngineStart::timer));
    data.set("resets", list(rows.marks(), EngineStart::mark));
    data.set("memory", list(rows.memory(), EngineStart::remembered));
    data.set("trades", list(rows.trades(), RecordingEncoder::trade));
    data.set("contracts", list(rows.contracts(), RecordingEncoder::contract));
    return data;
  }

  /**
   * Reads it.
   *
   * @param otherwise what holds for a member that is not there
   * @throws Malformed naming what is missing or wrong; then nothing of it is to be used
   */
  public static Rows read(JsonNode data, Rows otherwise) throws Malformed {
    Fields top = Fields.of(data);
    return new Rows(
        rows(data, "lockouts", EngineStart::lockout, otherwise.lockouts()),
        top.optionalInteger("nextLockoutId", 1, Long.MAX_VALUE).orElse(otherwise.nextLockoutId()),
        rows(data, "timers", EngineStart::timer, otherwise.timers()),
        whole(data, "trades", Translation::trades, otherwise.trades()),
        rows(data, "resets", EngineStart::mark, otherwise.marks()),
        rows(data, "memory", EngineStart::remembered, otherwise.memory()),
        whole(data, "contracts", Translation::contracts, otherwise.contracts()),
        top.optionalTime("lastSeen").orElse(otherwise.lastSeen()));
  }

  /** The accounts that were watched; empty when they were not written. */
  public static List<AccountId> accounts(JsonNode data) {
    List<AccountId> accounts = new ArrayList<>();
    for (JsonNode id : data.path("accounts").values()) {
      if (id.isIntegralNumber() && id.canConvertToLong()) {
        accounts.add(new AccountId(id.longValue()));
      }
    }
    return List.copyOf(accounts);
  }

  private interface Reader<T> {
    /** Throws IllegalArgumentException or DateTimeException when a text cannot be read. */
    T read(Fields row) throws Malformed;
  }

  private static <T> List<T> rows(JsonNode data, String member, Reader<T> reader, List<T> otherwise)
      throws Malformed {
    JsonNode found = data.get(member);
    if (found == null || found.isNull()) {
      return otherwise;
    }
    if (!found.isArray()) {
      throw new Malformed("member " + member + " is not a list");
    }
    List<T> read = new ArrayList<>();
    for (JsonNode row : found.values()) {
      try {
        read.add(reader.read(Fields.of(row)));
      } catch (Malformed | IllegalArgumentException | DateTimeException e) {
        throw new Malformed(member + "[" + read.size() + "]: " + e.getMessage());
      }
    }
    return List.copyOf(read);
  }

  private static <T> List<T> whole(
      JsonNode data,
      String member,
      Function<JsonNode, Translation.Rows<T>> translate,
      List<T> otherwise)
      throws Malformed {
    JsonNode found = data.get(member);
    if (found == null || found.isNull()) {
      return otherwise;
    }
    Translation.Rows<T> rows = translate.apply(found);
    if (!rows.rejected().isEmpty()) {
      throw new Malformed(rows.rejected().getFirst().toString());
    }
    return rows.rows();
  }

  /** Writes a lockout, with all that is needed to have it again. */
  public static ObjectNode lockout(Lockout lockout) {
    ObjectNode row =
        of(lockout.account())
            .put("id", lockout.id())
            .put("ruleId", lockout.rule().toString())
            .put("rule", lockout.rule().key());
    lockout.symbol().ifPresent(symbol -> row.put("symbol", symbol));
    row.put("type", lockout.type().text())
        .put("reason", lockout.reason())
        .put("lockedAt", lockout.lockedAt().toString());
    lockout.expiresAt().ifPresent(end -> row.put("expiresAt", end.toString()));
    row.put("baseline", lockout.baseline().text())
        .put("tradingDay", lockout.tradingDay().toString());
    return lockout.attempts() == 0 ? row : row.put("attempts", lockout.attempts());
  }

  /**
   * Reads a lockout.
   *
   * @throws Malformed naming what is missing or wrong
   */
  public static Lockout lockout(JsonNode row) throws Malformed {
    try {
      return lockout(Fields.of(row));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Malformed("lockout: " + e.getMessage());
    }
  }

  private static Lockout lockout(Fields row) throws Malformed {
    return new Lockout(
        row.id("id"),
        row.account("accountId"),
        RecordingFormat.rule(row.text("ruleId"), row.text("rule", "")),
        row.has("symbol") ? Optional.of(row.text("symbol")) : Optional.empty(),
        LockoutType.ofText(row.text("type")),
        row.text("reason", ""),
        row.time("lockedAt"),
        row.optionalTime("expiresAt"),
        Baseline.parse(row.text("baseline", Baseline.ZERO.text())),
        LocalDate.parse(row.text("tradingDay")),
        row.optionalInteger("attempts", 0, Long.MAX_VALUE).orElse(0L));
  }

  private static ObjectNode timer(Timer timer) {
    return of(timer.account())
        .put("name", timer.name())
        .put("deadline", timer.deadline().toString())
        .put("purpose", timer.purpose());
  }

  private static Timer timer(Fields row) throws Malformed {
    return new Timer(
        row.account("accountId"), row.text("name"), row.time("deadline"), row.text("purpose", ""));
  }

  private static ObjectNode mark(ResetMark mark) {
    return of(mark.account())
        .put("reset", mark.reset().toString())
        .put("tradingDay", mark.tradingDay().toString());
  }

  private static ResetMark mark(Fields row) throws Malformed {
    return new ResetMark(
        row.account("accountId"),
        ResetTime.parse(row.text("reset")),
        LocalDate.parse(row.text("tradingDay")));
  }

  private static ObjectNode remembered(Remembered one) {
    return of(one.account())
        .put("kind", one.row().kind())
        .put("key", one.row().key())
        .put("value", one.row().value().orElse(""));
  }

  private static Remembered remembered(Fields row) throws Malformed {
    return new Remembered(
        row.account("accountId"),
        new MemoryRow(row.text("kind"), row.text("key"), Optional.of(row.text("value"))));
  }

  private static ObjectNode of(AccountId account) {
    return object().put("accountId", account.value());
  }

  private static ObjectNode object() {
    return WireJson.mapper().createObjectNode();
  }

  private static <T> ArrayNode list(List<T> values, Function<T, ObjectNode> row) {
    ArrayNode rows = WireJson.mapper().createArrayNode();
    values.forEach(value -> rows.add(row.apply(value)));
    return rows;
  }
}
