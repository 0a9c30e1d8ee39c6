package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EntriesState;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.EntryBlockView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of an entry on an account that is not locked: the engine has asked its rules.
 *
 * <pre>
 *  NO NEW TRADES   until Mon 08:30 Chicago: session hours (RULE-009)        2d 17:08:30
 *  OK TO TRADE   except RTY; MNQ until 17:00
 *  OK TO TRADE   only ES; MNQ from 17:00
 * </pre>
 */
final class EntryVerdict {
  /** What the state line says when no entry would be left standing. */
  static final String WORD = "NO NEW TRADES";

  private static final String SESSION = "RULE-009";

  /** Where the configuration says once and for all what is not traded. */
  private static final List<String> LISTS = List.of("RULE-002", "RULE-011");

  /** Where it takes no more than closing something. */
  private static final List<String> FULL = List.of("RULE-001", "RULE-002");

  private EntryVerdict() {}

  /**
   * Judges an account that is not locked.
   *
   * @param problems what is wrong with the engine, empty for nothing
   * @return null when some entry would be left standing
   */
  static @Nullable Verdict of(AccountView account, Instant now, Times times, String problems) {
    EntriesView entries = account.entries();
    if (entries == null || entries.blocked().isEmpty() || !entries.open().isEmpty()) {
      return null;
    }
    boolean all = entries.state() == EntriesState.BLOCKED;
    if (!all && entries.blocked().stream().allMatch(block -> isListed(block))) {
      return null;
    }
    EntryBlockView first = first(entries.blocked());
    Instant until = first.until();
    String rule = words(first.rule()) + " (" + first.ruleId() + ")";
    String when =
        until == null
            ? rule
            : "until " + times.near(until, now) + " " + times.place() + ": " + rule;
    boolean full = entries.blocked().stream().allMatch(block -> FULL.contains(block.ruleId()));
    List<String> groups = groups(entries.blocked(), first, times, now);
    String each = groups.size() < 2 ? "" : String.join("; ", groups) + ".";
    String rest = all ? "" : "Symbols that no rule names may be traded.";
    return new Verdict(
        full || !all ? Verdict.Kind.CAUTION : Verdict.Kind.LOCKED,
        WORD,
        all ? when : "in " + String.join(", ", names(entries.blocked())) + " " + when,
        until,
        List.of(
            meaning(first, times, now),
            problems.isEmpty() ? (each + " " + rest).strip() : "BUT: " + problems));
  }

  private static String meaning(EntryBlockView block, Times times, Instant now) {
    if (block.ruleId().equals(SESSION)) {
      return "Outside your hours: new trades are undone; closing is allowed.";
    }
    String reason = times.in(block.reason(), now);
    return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ". Closing is allowed.";
  }

  /**
   * Where an entry would be undone although the account may be traded.
   *
   * @return such as {@code except RTY; MNQ until 17:00} or {@code only ES}; empty for nowhere
   */
  static String exceptions(AccountView account, Instant now, Times times) {
    EntriesView entries = account.entries();
    if (entries == null) {
      return ofLocks(account);
    }
    if (entries.blocked().isEmpty()) {
      return "";
    }
    if (others(entries) == null) {
      return "except " + String.join("; ", named(entries.blocked(), " until ", times, now));
    }
    if (entries.open().isEmpty()) {
      return "";
    }
    List<EntryBlockView> later =
        entries.blocked().stream()
            .filter(block -> block.symbol() != null && block.until() != null)
            .toList();
    String opens = String.join("; ", named(later, " from ", times, now));
    return "only " + String.join(", ", entries.open()) + (opens.isEmpty() ? "" : "; " + opens);
  }

  /** Exceptions where no OK TO TRADE stands before them. */
  static String sentence(String exceptions) {
    if (exceptions.isEmpty()) {
      return "";
    }
    return "Allowed symbols: "
        + (exceptions.startsWith("except ") ? "all " : "")
        + exceptions
        + ".";
  }

  /** What was true of it when the engine last said something, in few words. */
  static String known(AccountView account, Instant now, Times times) {
    String exceptions = exceptions(account, now, times);
    return of(account, now, times, "") != null
        ? "no new trades"
        : "not locked" + (exceptions.isEmpty() ? "" : " " + exceptions);
  }

  /** Whether most symbols cannot be traded now, and can at other times. */
  static boolean isForATime(AccountView account) {
    EntriesView entries = account.entries();
    EntryBlockView others = entries == null ? null : others(entries);
    return others != null && !isListed(others);
  }

  private static boolean isListed(EntryBlockView block) {
    return LISTS.contains(block.ruleId()) && block.until() == null;
  }

  private static @Nullable EntryBlockView others(EntriesView entries) {
    return entries.blocked().stream()
        .filter(block -> block.symbol() == null)
        .findFirst()
        .orElse(null);
  }

  /** The one that ends first; without any end the one that is about most symbols. */
  private static EntryBlockView first(List<EntryBlockView> blocks) {
    EntryBlockView first = blocks.getLast();
    for (EntryBlockView block : blocks) {
      Instant until = block.until();
      Instant known = first.until();
      if (until != null && (known == null || until.isBefore(known))) {
        first = block;
      }
    }
    return first;
  }

  private static List<String> names(List<EntryBlockView> blocks) {
    List<String> names = new ArrayList<>();
    for (EntryBlockView block : blocks) {
      if (block.symbol() != null) {
        names.add(block.symbol());
      }
    }
    return names;
  }

  /** Symbols with a common end stand together: {@code RTY}, {@code ES, MNQ until 17:00}. */
  private static List<String> named(
      List<EntryBlockView> blocks, String word, Times times, Instant now) {
    List<String> told = new ArrayList<>();
    for (List<EntryBlockView> group : grouped(blocks, false)) {
      Instant until = group.getFirst().until();
      told.add(
          String.join(", ", names(group)) + (until == null ? "" : word + times.near(until, now)));
    }
    return told;
  }

  /** The same with all other symbols, and with the rules that are not the first one's. */
  private static List<String> groups(
      List<EntryBlockView> blocks, EntryBlockView first, Times times, Instant now) {
    List<String> told = new ArrayList<>();
    for (List<EntryBlockView> group : grouped(blocks, true)) {
      EntryBlockView one = group.getFirst();
      List<String> names = names(group);
      if (names.size() < group.size()) {
        names.add("any other");
      }
      Instant until = one.until();
      told.add(
          String.join(", ", names)
              + (until == null ? "" : " until " + times.near(until, now))
              + (one.ruleId().equals(first.ruleId()) ? "" : ": " + words(one.rule())));
    }
    return told;
  }

  private static List<List<EntryBlockView>> grouped(List<EntryBlockView> blocks, boolean byRule) {
    List<List<EntryBlockView>> groups = new ArrayList<>();
    for (EntryBlockView block : blocks) {
      List<EntryBlockView> own = null;
      for (List<EntryBlockView> group : groups) {
        EntryBlockView one = group.getFirst();
        if (same(one.until(), block.until()) && (!byRule || one.ruleId().equals(block.ruleId()))) {
          own = group;
        }
      }
      if (own == null) {
        own = new ArrayList<>();
        groups.add(own);
      }
      own.add(block);
    }
    return groups;
  }

  private static boolean same(@Nullable Instant one, @Nullable Instant other) {
    return one == null ? other == null : one.equals(other);
  }

  /** A rule in the words of a headline. */
  private static String words(String rule) {
    return switch (rule) {
      case "session_block_outside" -> "session hours";
      case "max_contracts", "max_contracts_per_instrument" -> "limit of contracts";
      case "symbol_blocks" -> "blocked symbols";
      default -> Measure.title(rule);
    };
  }

  /** From an engine that does not tell: the symbols that are locked. */
  private static String ofLocks(AccountView account) {
    List<String> symbols =
        account.lockouts().stream()
            .filter(lock -> lock.symbol() != null)
            .map(lock -> String.valueOf(lock.symbol()))
            .distinct()
            .toList();
    return symbols.isEmpty() ? "" : "except " + String.join(", ", symbols);
  }
}
