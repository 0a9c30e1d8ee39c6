package dev.riskmanager.sim.market;

import dev.riskmanager.sim.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The contracts the venue lists (recorded in August 2026), and every other month of their products.
 *
 * <p>Thread-safe: it never changes.
 */
public final class ContractCatalog {
  private static final Pattern ID =
      Pattern.compile("CON\\.(F\\.US\\.\\w+)\\.([FGHJKMNQUVXZ])(\\d\\d)");
  private static final String MONTH_CODES = "FGHJKMNQUVXZ";
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final int SEARCH_ROWS = 20;

  private final Map<String, Contract> listed = new LinkedHashMap<>();
  private final Map<String, Contract> bySymbolId = new HashMap<>();
  private final Map<String, Contract> bySymbol = new HashMap<>();
  private final Map<String, Product> products = new HashMap<>();

  /**
   * What the simulation adds to a product.
   *
   * @param fee dollars per side and contract
   * @param startPrice where its market starts
   */
  public record Product(BigDecimal fee, BigDecimal startPrice) {}

  public ContractCatalog() {
    for (String line : text("products.csv").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> cells = List.of(line.split(",", -1));
        products.put(
            cells.get(0), new Product(new BigDecimal(cells.get(1)), new BigDecimal(cells.get(2))));
      }
    }
    for (JsonNode row : Json.parse(text("contracts.json")).values()) {
      String name = row.get("name").stringValue();
      Contract contract =
          new Contract(
              row.get("id").stringValue(),
              name.substring(0, name.length() - 2),
              name,
              row.get("description").stringValue(),
              Json.plain(row.get("tickSize").decimalValue()),
              Json.plain(row.get("tickValue").decimalValue()),
              row.get("activeContract").booleanValue(),
              row.get("symbolId").stringValue());
      listed.put(contract.id(), contract);
      bySymbolId.put(contract.symbolId(), contract);
      bySymbol.put(contract.symbol(), contract);
    }
  }

  /** A resource of the venue as text. */
  static String text(String resource) {
    try (InputStream in =
        ContractCatalog.class.getResourceAsStream("/dev/riskmanager/sim/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("the venue's resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Contract> available() {
    return List.copyOf(listed.values());
  }

  /** As the venue searches: anywhere in name and description, at most 20 rows. */
  public List<Contract> search(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return listed.values().stream()
        .filter(
            c ->
                (c.name() + " " + c.symbolId() + " " + c.description())
                    .toLowerCase(Locale.ROOT)
                    .contains(wanted))
        .limit(SEARCH_ROWS)
        .toList();
  }

  /** A contract by its id: a listed one, or another month of a listed product (not active). */
  public Optional<Contract> byId(String id) {
    Contract known = listed.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher parts = ID.matcher(id);
    Contract sibling = parts.matches() ? bySymbolId.get(parts.group(1)) : null;
    if (sibling == null) {
      return Optional.empty();
    }
    String month = parts.group(2);
    String year = parts.group(3);
    int colon = sibling.description().lastIndexOf(':');
    return Optional.of(
        new Contract(
            id,
            sibling.symbol(),
            sibling.symbol() + month + year.charAt(1),
            sibling.description().substring(0, colon + 1)
                + " "
                + MONTHS.get(MONTH_CODES.indexOf(month))
                + " 20"
                + year,
            sibling.tickSize(),
            sibling.tickValue(),
            false,
            sibling.symbolId()));
  }

  /** A contract as people name it: an id, a symbol ({@code MNQ}) or a name ({@code MNQU6}). */
  public Optional<Contract> find(String text) {
    Contract bySymbolText = bySymbol.get(text);
    if (bySymbolText != null) {
      return Optional.of(bySymbolText);
    }
    return listed.values().stream()
        .filter(c -> c.name().equals(text))
        .findFirst()
        .or(() -> byId(text));
  }

  /** Fee and starting price of a contract's product. */
  public Product product(Contract contract) {
    Product product = products.get(contract.symbol());
    if (product == null) {
      throw new IllegalStateException("products.csv has no line for " + contract.symbol());
    }
    return product;
  }
}
