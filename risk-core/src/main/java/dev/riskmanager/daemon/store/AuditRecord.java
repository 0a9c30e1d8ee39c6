package dev.riskmanager.daemon.store;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.payload.Fields.Malformed;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.EngineStart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of the audit. Its hash is the SHA-256 of {@code text}'s UTF-8 bytes, as they stand:
 * nothing is parsed or written anew to check it.
 *
 * @param text a JSON object on one line, whose member {@code prev} is the hash of the record before
 * @param hash in hexadecimal
 */
record AuditRecord(long seq, String text, String hash) {
  static final String CHAIN_BEGUN = "CHAIN_BEGUN";
  static final String LOCKOUT_SET = "LOCKOUT_SET";
  static final String LOCKOUT_UPGRADED = "LOCKOUT_UPGRADED";

  /** What may stay under a lockout has changed, and nothing else of it. */
  static final String LOCKOUT_BASELINE = "LOCKOUT_BASELINE";

  static final String LOCKOUT_CLEARED = "LOCKOUT_CLEARED";

  private static final int HASH = 64;
  private static final String BEFORE_HASH = ",\"hash\":\"";
  private static final String AFTER_HASH = "\"}";

  /**
   * What a record tells.
   *
   * @param by operating-system user, or {@code engine}
   * @param lockout as it is now, for those actions that are about one
   */
  record Told(
      Instant at,
      String by,
      String action,
      OptionalLong account,
      String detail,
      String reason,
      Optional<Lockout> lockout) {}

  /** The record that follows another. */
  static AuditRecord after(AuditHead head, Told told) {
    ObjectNode json = WireJson.mapper().createObjectNode();
    json.put("seq", head.seq() + 1)
        .put("t", told.at().toString())
        .put("by", told.by())
        .put("action", told.action());
    told.account().ifPresent(id -> json.put("accountId", id));
    json.put("detail", told.detail()).put("reason", told.reason());
    told.lockout().ifPresent(lockout -> json.set("lockout", EngineStart.lockout(lockout)));
    json.put("prev", head.hash());
    String text = json.toString();
    return new AuditRecord(head.seq() + 1, text, hashOf(text));
  }

  /** The line of {@code audit.log}: the text with the hash as its last member. */
  String line() {
    return text.substring(0, text.length() - 1) + BEFORE_HASH + hash + AFTER_HASH;
  }

  /**
   * The record of a line.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static AuditRecord ofLine(String line) {
    int end = line.length() - AFTER_HASH.length() - HASH;
    int begin = end - BEFORE_HASH.length();
    if (begin < 1 || !line.startsWith(BEFORE_HASH, begin) || !line.endsWith(AFTER_HASH)) {
      throw new IllegalArgumentException("not a record of the audit");
    }
    String text = line.substring(0, begin) + "}";
    JsonNode json = json(text);
    return new AuditRecord(json.path("seq").asLong(0), text, line.substring(end, end + HASH));
  }

  AuditHead head() {
    return new AuditHead(seq, hash);
  }

  /** Whether text and hash belong together and the number is the text's own. */
  boolean isSound() {
    try {
      return hash.equals(hashOf(text)) && json(text).path("seq").asLong(0) == seq;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Whether it continues a chain that ends there. */
  boolean follows(AuditHead head) {
    return seq == head.seq() + 1 && previous().equals(head.hash());
  }

  /** The hash of the record before, by its own word; empty when it says none. */
  String previous() {
    try {
      return json(text).path("prev").asString("");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /**
   * What it tells.
   *
   * @throws IllegalArgumentException when a member is missing or wrong
   */
  Told told() {
    JsonNode json = json(text);
    try {
      JsonNode account = json.get("accountId");
      JsonNode lockout = json.get("lockout");
      return new Told(
          Instant.parse(json.path("t").asString("")),
          json.path("by").asString(""),
          json.path("action").asString(""),
          account == null ? OptionalLong.empty() : OptionalLong.of(account.asLong()),
          json.path("detail").asString(""),
          json.path("reason").asString(""),
          lockout == null ? Optional.empty() : Optional.of(EngineStart.lockout(lockout)));
    } catch (JacksonException | Malformed | DateTimeException e) {
      throw new IllegalArgumentException("record " + seq + " of the audit: " + e.getMessage(), e);
    }
  }

  /** The day (UTC) of the file it belongs to. */
  LocalDate day() {
    return LocalDate.ofInstant(told().at(), ZoneOffset.UTC);
  }

  private static JsonNode json(String text) {
    try {
      return WireJson.mapper().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record of the audit: not JSON", e);
    }
  }

  private static String hashOf(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
