package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.LockoutsText;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.util.Set;

/**
 * What {@code lockouts} does.
 *
 * @param history past ones too
 */
record Lockouts(boolean history) implements Urgent.Act {
  static final Set<String> FLAGS = Set.of("--history");

  static Lockouts of(PlainArgs args) {
    return new Lockouts(args.has("--history"));
  }

  @Override
  public int run(Options options, Printers to) throws Exception {
    try (ViewClient client = options.view()) {
      LockoutsView view = client.lockouts(history);
      if (options.json()) {
        to.out().println(WireJson.write(view));
      } else {
        LockoutsText.lines(view).forEach(to.out()::println);
      }
      return 0;
    }
  }
}
