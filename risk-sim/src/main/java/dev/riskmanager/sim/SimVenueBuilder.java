package dev.riskmanager.sim;

import dev.riskmanager.sim.knob.Knobs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a venue starts with. Every knob can be set before the start, as later. */
public final class SimVenueBuilder {
  /** The account a venue has when none is named. */
  public static final long DEFAULT_ACCOUNT = 13_298_777L;

  private static final BigDecimal DEFAULT_BALANCE = new BigDecimal("50000");

  private final InstantSource clock;
  private final Map<Long, BigDecimal> balances = new LinkedHashMap<>();
  private final List<Consumer<Knobs>> presets = new ArrayList<>();
  private int port;
  private String userName = "demo";
  private String apiKey = "demo";
  private @Nullable Path ledger;

  SimVenueBuilder(InstantSource clock) {
    this.clock = clock;
  }

  /** The port to listen on; 0, as it is at first, takes any free one. */
  public SimVenueBuilder port(int newPort) {
    port = newPort;
    return this;
  }

  /** Adds an account with 50,000 dollars; without any, the venue has account 13298777. */
  public SimVenueBuilder account(long id) {
    return account(id, DEFAULT_BALANCE);
  }

  /** Adds an account with so many dollars. */
  public SimVenueBuilder account(long id, BigDecimal balance) {
    balances.put(id, balance);
    return this;
  }

  /** What logins must present; {@code demo} and {@code demo} at first. */
  public SimVenueBuilder credentials(String newUserName, String newApiKey) {
    userName = newUserName;
    apiKey = newApiKey;
    return this;
  }

  /** Sets a knob to a Java value: text, number, boolean, map or list. */
  public SimVenueBuilder knob(String name, Object value) {
    presets.add(knobs -> knobs.set(name, value));
    return this;
  }

  /** Sets a knob written {@code NAME=VALUE}, the value JSON or plain text. */
  public SimVenueBuilder knob(String nameAndValue) {
    presets.add(knobs -> knobs.setText(nameAndValue));
    return this;
  }

  /** No delays between order, fill, brackets and their events: all happen in one step. */
  public SimVenueBuilder instant() {
    return knob("fill_ms", 0).knob("bracket_ms", 0).knob("oco_ms", 0).knob("reject_ms", 0);
  }

  /** Auto-OCO brackets (as at first), or Position Brackets, where bracket orders are refused. */
  public SimVenueBuilder autoOco(boolean on) {
    return knob("bracket_mode", on ? "auto_oco" : "position");
  }

  /** Prices follow a random walk, the same for the same seed. */
  public SimVenueBuilder walk(long seed) {
    return knob("seed", seed).knob("price_path", "walk");
  }

  /** Prices follow the recorded bars. */
  public SimVenueBuilder recordedPrices() {
    return knob("price_path", "recorded");
  }

  /** Trading hours as at the real venue; off at first, so that it can be used at any hour. */
  public SimVenueBuilder sessions(boolean on) {
    return knob("sessions", on);
  }

  /**
   * Keeps the books, and the requests that arrive, in a file, and goes on with those it holds. The
   * accounts are named as before; knobs, tokens and quotes are those of a new venue.
   */
  public SimVenueBuilder ledger(Path file) {
    ledger = file;
    return this;
  }

  /**
   * Starts the venue.
   *
   * @throws dev.riskmanager.sim.knob.KnobException for an unknown knob or a value it does not take
   * @throws io.javalin.util.JavalinBindException when the port is taken
   */
  public SimVenue start() {
    Map<Long, BigDecimal> accounts = new LinkedHashMap<>(balances);
    if (accounts.isEmpty()) {
      accounts.put(DEFAULT_ACCOUNT, DEFAULT_BALANCE);
    }
    List<Consumer<Knobs>> chosen = List.copyOf(presets);
    return new SimVenue(
        new SimVenue.Settings(
            clock,
            port,
            accounts,
            userName,
            apiKey,
            knobs -> chosen.forEach(preset -> preset.accept(knobs)),
            Optional.ofNullable(ledger)));
  }
}
