package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.UnlockText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.UnlockPreview;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code unlock} does.
 *
 * @param account the venue's id of the account
 * @param rule only this rule's lockouts
 * @param symbol only lockouts of this symbol
 * @param reason why
 * @param yes without asking
 * @param preview only looking
 */
record Unlock(
    long account,
    @Nullable String rule,
    @Nullable String symbol,
    @Nullable String reason,
    boolean yes,
    boolean preview)
    implements Urgent.Act {
  static final Set<String> FLAGS = Set.of("--yes", "--preview");
  static final Set<String> VALUES = Set.of("--rule", "--symbol", "--reason");

  static Unlock of(PlainArgs args) {
    return new Unlock(
        args.account(),
        args.value("--rule"),
        args.value("--symbol"),
        args.value("--reason"),
        args.has("--yes"),
        args.has("--preview"));
  }

  @Override
  public int run(Options options, Printers to) throws Exception {
    if (preview) {
      return show(options, to.out());
    }
    if (!yes && !Questions.possible()) {
      throw new CommandException(
          "unlock asks for a confirmation, and there is no terminal to ask at; add --yes");
    }
    if ((reason == null || reason.isBlank()) && !Questions.possible()) {
      throw new CommandException("--reason is needed when there is no terminal to ask at");
    }
    try (AdminClient client = options.admin()) {
      UnlockRequest looked = new UnlockRequest(account, rule, symbol, "");
      @Nullable UnlockPreview seen = null;
      if (!yes) {
        seen = client.unlockPreview(looked);
        UnlockText.preview(seen).forEach(to.err()::println);
      }
      String why = Questions.reason(reason);
      Questions.insist("Unlock account " + account + "?", yes);
      if (seen != null && !named(seen).equals(named(client.unlockPreview(looked)))) {
        throw new CommandException(
            "the lockouts have changed while the question was open; nothing was unlocked, look"
                + " again");
      }
      UnlockResult result = client.unlock(new UnlockRequest(account, rule, symbol, why));
      if (options.json()) {
        to.out().println(WireJson.write(result));
      } else {
        print(result, to);
      }
      return result.refused().isEmpty() ? 0 : 1;
    }
  }

  private static List<Long> named(UnlockPreview preview) {
    return preview.named().stream().map(one -> one.lockout().lockout().id()).sorted().toList();
  }

  private int show(Options options, PrintWriter out) throws Exception {
    try (AdminClient client = options.admin()) {
      UnlockPreview seen = client.unlockPreview(new UnlockRequest(account, rule, symbol, ""));
      if (options.json()) {
        out.println(WireJson.write(seen));
      } else {
        UnlockText.preview(seen).forEach(out::println);
      }
      return 0;
    }
  }

  private void print(UnlockResult result, Printers to) {
    for (LockoutRecord ended : result.ended()) {
      to.out().println("Unlocked: account " + account + ", " + describe(ended));
    }
    result
        .delayed()
        .forEach(
            delayed ->
                to.out()
                    .println(
                        UnlockText.delayed(delayed.lockout(), delayed.endsAt())
                            + ": "
                            + describe(delayed.lockout())));
    result
        .refused()
        .forEach(
            refused ->
                to.err()
                    .println(
                        "risk-admin: not unlocked: "
                            + describe(refused.lockout())
                            + " ("
                            + refused.why()
                            + ")"));
  }

  private static String describe(LockoutRecord lockout) {
    String scope = lockout.lockout().symbol() == null ? "" : " " + lockout.lockout().symbol();
    return lockout.lockout().ruleId()
        + scope
        + " ("
        + lockout.lockout().rule()
        + "): "
        + lockout.lockout().reason();
  }
}
