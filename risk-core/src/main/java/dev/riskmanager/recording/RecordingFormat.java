package dev.riskmanager.recording;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AdminRequested;
import dev.riskmanager.domain.event.RiskEvent.FlattenRequested;
import dev.riskmanager.domain.event.RiskEvent.LockRequested;
import dev.riskmanager.domain.event.RiskEvent.UnlockRequested;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.payload.Fields;
import dev.riskmanager.payload.Fields.Malformed;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.Translation.Rejected;
import dev.riskmanager.payload.Translation.Translated;
import dev.riskmanager.payload.WireJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The recording format of interfaces §8: one JSON object per line, {@code t}, {@code event}, {@code
 * data}, and {@code contractId} beside it for market events. Names and payloads of the venue's own
 * events are the venue's, unwrapped.
 *
 * <p>{@link #event} of a line that the engine wrote is the event that was written. Pure.
 */
public final class RecordingFormat {
  private RecordingFormat() {}

  /**
   * A line of a recording.
   *
   * @param t when it arrived
   * @param contractId beside the payload of market events, else null
   */
  public record Line(Instant t, String event, @Nullable String contractId, JsonNode data) {}

  /** A line that is none. */
  public static final class MalformedLine extends Exception {
    private static final long serialVersionUID = 1;

    MalformedLine(String message) {
      super(message);
    }
  }

  /**
   * Reads a line.
   *
   * @throws MalformedLine when it is not JSON, or lacks its time or its name
   */
  public static Line parse(String text) throws MalformedLine {
    JsonNode json;
    try {
      json = WireJson.read(text);
    } catch (JacksonException e) {
      throw new MalformedLine("it is not one JSON object");
    }
    JsonNode event = json.path("event");
    if (!json.isObject() || !event.isString()) {
      throw new MalformedLine("member event is missing");
    }
    JsonNode t = json.path("t");
    Instant at;
    try {
      at = OffsetDateTime.parse(t.isString() ? t.stringValue() : "").toInstant();
    } catch (DateTimeException e) {
      throw new MalformedLine("member t is not an ISO-8601 time with an offset");
    }
    JsonNode contract = json.path("contractId");
    JsonNode data = json.get("data");
    return new Line(
        at,
        event.stringValue(),
        contract.isString() ? contract.stringValue() : null,
        data == null ? WireJson.mapper().createObjectNode() : data);
  }

  /**
   * The events of a line. {@code EngineStarted} and {@code ConfigChanged} are not events of the
   * core but its setting-up: they are left to the replay and give nothing here.
   */
  public static Translated event(Line line) {
    return switch (line.event()) {
      case "Snapshot" -> Translation.snapshot(false, line.data());
      case "Reconciled" -> Translation.snapshot(true, line.data());
      case "Contracts" -> Translation.contractsListed(line.data());
      case "Clock" -> one(new RiskEvent.ClockTicked());
      case "Reconnected" -> one(new RiskEvent.Reconnected());
      case "Disconnected" ->
          one(
              new RiskEvent.Disconnected(
                  line.data().path("reason").asString(""), since(line.data())));
      case "Held" -> held(line);
      case "EngineStarted", "ConfigChanged" -> Translated.NOTHING;
      case "Admin" -> admin(line);
      default -> venue(line);
    };
  }

  /** Left out, or not a time: the connection was lost when the line says. */
  private static Optional<Instant> since(JsonNode data) {
    try {
      return Optional.of(Instant.parse(data.path("since").asString("")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Translated held(Line line) {
    try {
      Fields f = Fields.of(line.data());
      return one(new RiskEvent.Held(f.account("accountId"), f.text("reason", "")));
    } catch (Malformed e) {
      return new Translated(
          List.of(), List.of(new Rejected(line.event(), String.valueOf(e.getMessage()))));
    }
  }

  private static Translated venue(Line line) {
    List<JsonNode> arguments =
        line.contractId() == null
            ? List.of(line.data())
            : List.of(WireJson.mapper().valueToTree(line.contractId()), line.data());
    return Translation.hubEvent(line.event(), arguments);
  }

  private static Translated one(RiskEvent event) {
    return new Translated(List.of(event), List.of());
  }

  private static Translated admin(Line line) {
    try {
      Fields f = Fields.of(line.data());
      return one(
          request(f.text("method"), Fields.of(line.data().path("params")), f.text("by", "")));
    } catch (Malformed e) {
      return new Translated(
          List.of(), List.of(new Rejected(line.event(), String.valueOf(e.getMessage()))));
    }
  }

  private static AdminRequested request(String method, Fields p, String by) throws Malformed {
    AccountId account = p.account("accountId");
    String reason = p.text("reason", "");
    return switch (method) {
      case "unlock" -> {
        Optional<RuleId> rule =
            p.has("ruleId")
                ? Optional.of(rule(p.text("ruleId"), p.text("rule", "")))
                : Optional.empty();
        Optional<String> symbol =
            p.has("symbol") ? Optional.of(p.text("symbol")) : Optional.empty();
        yield new UnlockRequested(account, rule, symbol, by, reason);
      }
      case "lock" -> new LockRequested(account, p.time("until"), by, reason);
      case "flatten" -> new FlattenRequested(account, by, reason);
      default -> throw new Malformed("the method " + method + " is not known");
    };
  }

  static RuleId rule(String id, String key) throws Malformed {
    Optional<RuleId> special = RuleId.special(id);
    if (special.isPresent()) {
      return special.get();
    }
    try {
      return new RuleId(Integer.parseInt(id.replaceFirst("^RULE-", "")), key);
    } catch (NumberFormatException e) {
      throw new Malformed("member ruleId is not a rule's number");
    }
  }
}
