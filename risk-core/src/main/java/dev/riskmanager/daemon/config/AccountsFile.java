package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code accounts.yaml} says.
 *
 * @param credentials empty when they were not asked for (or are wrong, which is an error)
 * @param accounts in the order of the file, each id once
 */
public record AccountsFile(Optional<Credentials> credentials, List<MonitoredAccount> accounts) {

  /** Whether the credentials are needed: replay and validation on another machine do without. */
  public enum CredentialsUse {
    RESOLVE,
    SKIP
  }

  /** What logs in at the venue. */
  public record Credentials(String username, Secret apiKey) {
    /** The user's name is shown only by its end, like the key. */
    @Override
    public String toString() {
      return "Credentials[" + new Secret(username) + ", " + apiKey + "]";
    }
  }

  /**
   * An account to protect.
   *
   * @param name as the user calls it; empty where the venue's is good enough
   * @param rules overrides of {@code risk_config.yaml}, of the same form, for the rule layer
   */
  public record MonitoredAccount(AccountId id, Optional<String> name, Optional<ConfigNode> rules) {}

  /** Of an account whose id is missing or wrong, which has been reported. */
  private static final long NO_ID = 0;

  private static final String TOPSTEPX = "topstepx";

  /**
   * Reads the file's tree.
   *
   * @param tree with its references not yet replaced
   * @param environment what {@code ${NAME}} is replaced from
   */
  public static AccountsFile read(
      ConfigNode tree, Map<String, String> environment, CredentialsUse use, Problems problems) {
    ConfigNode resolved =
        use == CredentialsUse.RESOLVE
            ? References.resolve(tree, environment, problems)
            : resolveAllButCredentials(tree, environment, problems);
    Settings top = Settings.of("", resolved, problems);
    if (use == CredentialsUse.RESOLVE) {
      top.require(TOPSTEPX);
    }
    Optional<Credentials> credentials =
        top.section(TOPSTEPX).flatMap(section -> credentials(section, use));
    List<MonitoredAccount> accounts = accounts(top);
    top.finish();
    return new AccountsFile(credentials, accounts);
  }

  private static ConfigNode resolveAllButCredentials(
      ConfigNode tree, Map<String, String> environment, Problems problems) {
    if (!(tree instanceof ConfigNode.Mapping mapping)) {
      return tree;
    }
    List<ConfigNode.Entry> entries = new ArrayList<>();
    for (ConfigNode.Entry entry : mapping.entries()) {
      entries.add(
          entry.key().equals(TOPSTEPX)
              ? entry
              : new ConfigNode.Entry(
                  entry.place(),
                  entry.key(),
                  References.resolve(entry.key(), entry.value(), environment, problems)));
    }
    return new ConfigNode.Mapping(mapping.place(), List.copyOf(entries));
  }

  private static Optional<Credentials> credentials(Settings section, CredentialsUse use) {
    boolean complete = true;
    if (use == CredentialsUse.RESOLVE) {
      complete = section.requireAll("username", "api_key");
    }
    String username = section.text("username", "");
    String key = section.text("api_key", "");
    section.finish();
    return complete && use == CredentialsUse.RESOLVE && !username.isEmpty() && !key.isEmpty()
        ? Optional.of(new Credentials(username, new Secret(key)))
        : Optional.empty();
  }

  private static List<MonitoredAccount> accounts(Settings top) {
    boolean one = top.has("monitored_account");
    boolean many = top.has("accounts");
    if (one && many) {
      top.error("accounts", "monitored_account is there as well; keep one of the two");
    } else if (!one && !many) {
      top.require("monitored_account");
    }
    List<Settings> sections = new ArrayList<>();
    top.section("monitored_account").ifPresent(sections::add);
    sections.addAll(top.sections("accounts"));
    if (many && !one && sections.isEmpty()) {
      top.error("accounts", "must be a list of at least one account");
    }
    Map<AccountId, Integer> lines = new TreeMap<>();
    List<MonitoredAccount> accounts = new ArrayList<>();
    for (Settings section : sections) {
      MonitoredAccount account = account(section);
      if (account.id().value() == NO_ID) {
        if (account.rules().isPresent()) {
          // Its rules are read all the same, so that their mistakes are listed with the others.
          accounts.add(account);
        }
        continue;
      }
      Integer first = lines.putIfAbsent(account.id(), section.place().line());
      if (first == null) {
        accounts.add(account);
      } else {
        section.error(
            "account_id",
            "account "
                + account.id()
                + " is there twice (first in line "
                + first
                + "); remove one");
      }
    }
    return List.copyOf(accounts);
  }

  private static MonitoredAccount account(Settings section) {
    section.require("account_id");
    AccountId id = new AccountId(section.whole("account_id", NO_ID, 1, Long.MAX_VALUE));
    String name = section.text("account_name", "");
    Optional<ConfigNode> rules = section.node("rules");
    section.finish();
    return new MonitoredAccount(id, name.isEmpty() ? Optional.empty() : Optional.of(name), rules);
  }
}
