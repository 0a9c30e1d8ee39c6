package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds accounts to the text of {@code accounts.yaml} and takes them out; the rest stays. */
public final class AccountsEdit {
  private static final String ONE = "monitored_account";
  private static final String MANY = "accounts";
  private static final String ID = "account_id";

  private AccountsEdit() {}

  /**
   * The text with one more account.
   *
   * @param name as people call it; empty for the venue's name
   * @throws IllegalArgumentException when it is there already, or the text cannot be edited
   */
  public static String add(String text, AccountId account, Optional<String> name) {
    List<String> entries = new ArrayList<>();
    for (ConfigNode entry : entries(text)) {
      if (id(entry).equals(account.toString())) {
        throw new IllegalArgumentException("account " + account + " is there already");
      }
      entries.add(ConfigText.flow(entry));
    }
    entries.add(
        "{account_id: "
            + account
            + name.map(n -> ", account_name: " + YamlEdit.quote(n.replace("${", "$${"))).orElse("")
            + "}");
    return with(text, entries);
  }

  /**
   * The text without an account.
   *
   * @throws IllegalArgumentException when it is not there or is the last one
   */
  public static String remove(String text, AccountId account) {
    List<String> entries = new ArrayList<>();
    List<ConfigNode> before = entries(text);
    for (ConfigNode entry : before) {
      if (!id(entry).equals(account.toString())) {
        entries.add(ConfigText.flow(entry));
      }
    }
    if (entries.size() == before.size()) {
      throw new IllegalArgumentException("account " + account + " is not in accounts.yaml");
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(
          "account " + account + " is the only one; an engine without an account protects nothing");
    }
    return with(text, entries);
  }

  /**
   * The text with one key of a rule set for one account alone.
   *
   * @param path of the key in the rules, from the section on
   * @param value in the syntax of YAML, on one line
   * @throws IllegalArgumentException when the account is not there, or the text cannot be edited
   */
  public static String setRule(String text, AccountId account, List<String> path, String value) {
    List<ConfigNode> entries = entries(text);
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (id(entries.get(i)).equals(account.toString())) {
        whole.addAll(hasOne(text) ? List.of(ONE) : List.of(MANY, Integer.toString(i)));
      }
    }
    if (whole.isEmpty()) {
      throw new IllegalArgumentException("account " + account + " is not in accounts.yaml");
    }
    whole.add("rules");
    whole.addAll(path);
    return YamlEdit.set(text, whole, value);
  }

  private static List<ConfigNode> entries(String text) {
    Optional<ConfigNode> tree = YamlFile.parse(ShippedConfig.ACCOUNTS, text, new Problems());
    if (tree.isEmpty() || !(tree.get() instanceof ConfigNode.Mapping mapping)) {
      throw new IllegalArgumentException("accounts.yaml cannot be read; correct it first");
    }
    List<ConfigNode> entries = new ArrayList<>();
    for (ConfigNode.Entry entry : mapping.entries()) {
      if (entry.key().equals(ONE)) {
        entries.add(entry.value());
      } else if (entry.key().equals(MANY) && entry.value() instanceof ConfigNode.Sequence list) {
        entries.addAll(list.items());
      }
    }
    return entries;
  }

  private static String id(ConfigNode entry) {
    if (entry instanceof ConfigNode.Mapping mapping) {
      for (ConfigNode.Entry one : mapping.entries()) {
        if (one.key().equals(ID)) {
          return ConfigText.flow(one.value());
        }
      }
    }
    return "";
  }

  private static String with(String text, List<String> entries) {
    String list = "[" + String.join(", ", entries) + "]";
    String before =
        hasOne(text)
            ? YamlEdit.commentOut(text, List.of(ONE), "now in the list of accounts:")
            : text;
    return YamlEdit.set(before, List.of(MANY), list);
  }

  private static boolean hasOne(String text) {
    return YamlFile.parse(ShippedConfig.ACCOUNTS, text, new Problems()).orElseThrow()
            instanceof ConfigNode.Mapping mapping
        && mapping.entries().stream().anyMatch(entry -> entry.key().equals(ONE));
  }
}
