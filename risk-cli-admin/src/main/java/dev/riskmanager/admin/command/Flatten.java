package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Dollars;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.FlattenResult;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code flatten} does.
 *
 * @param account the venue's id of the account
 * @param reason why
 * @param yes without asking
 */
record Flatten(long account, @Nullable String reason, boolean yes) implements Urgent.Act {
  static final Set<String> FLAGS = Set.of("--yes");
  static final Set<String> VALUES = Set.of("--reason");

  static Flatten of(PlainArgs args) {
    return new Flatten(args.account(), args.value("--reason"), args.has("--yes"));
  }

  @Override
  public int run(Options options, Printers to) throws Exception {
    if (!yes && !Questions.possible()) {
      throw new CommandException(
          "flatten asks for a confirmation, and there is no terminal to ask at; add --yes");
    }
    String why = Questions.reason(reason);
    if (!yes) {
      held(options).forEach(to.err()::println);
    }
    Questions.insist("Close everything on account " + account + "?", yes);
    FlattenResult result =
        options.reducing(
            (client, password) -> client.flatten(new FlattenRequest(account, why), password));
    if (options.json()) {
      to.out().println(WireJson.write(result));
    } else {
      to.out()
          .println(
              "Flattening account "
                  + account
                  + ": "
                  + result.positions()
                  + " position(s), "
                  + result.orders()
                  + " working order(s). `risk-trader why` shows the outcome.");
    }
    return 0;
  }

  private static String open(@Nullable String amount) {
    return amount == null ? "" : "  open P&L " + Dollars.text(new BigDecimal(amount));
  }

  /** What would be closed and cancelled, as far as can be seen. */
  private List<String> held(Options options) throws Exception {
    List<String> lines = new ArrayList<>();
    try (ViewClient client = options.view()) {
      for (AccountView view : client.status(OptionalLong.of(account)).accounts()) {
        view.positions()
            .forEach(
                p ->
                    lines.add(
                        "Closes   "
                            + p.side()
                            + " "
                            + p.size()
                            + " "
                            + p.symbol()
                            + open(p.open())));
        lines.add("Cancels  " + view.orders().size() + " working order(s)");
        lines.add(
            view.locked()
                ? "The account is locked and stays locked."
                : "The account is not locked afterwards: the trader can trade on.");
      }
    }
    return lines;
  }
}
