package dev.riskmanager.daemon.contracts;

import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Price;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tick sizes and tick values of the products the venue listed in August 2026, by product id: what a
 * contract is valued with when the venue's own row is not at hand. Rows of the venue always win.
 *
 * <p>Immutable; the file is {@code contracts.csv} beside this class.
 */
public final class ShippedContracts {
  private static final String FILE = "contracts.csv";

  private final Map<String, Product> products;

  /**
   * One line of the table.
   *
   * @param symbol what a trader writes, e.g. {@code ES}
   * @param productId the venue's product id, e.g. {@code F.US.EP}
   * @param tickSize smallest step of the price
   * @param tickValue dollars one tick moves one contract
   */
  public record Product(
      String group,
      String symbol,
      String productId,
      Price tickSize,
      Money tickValue,
      String description) {}

  private ShippedContracts(Map<String, Product> products) {
    this.products = products;
  }

  /**
   * Reads the table.
   *
   * @throws IllegalStateException when the shipped file is damaged: a fault of the build
   */
  public static ShippedContracts load() {
    try (InputStream in = ShippedContracts.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program's files");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return parse(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  static ShippedContracts parse(List<String> lines) {
    Map<String, Product> products = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.split(",", 6);
      if (cells.length < 6) {
        throw new IllegalStateException(FILE + " line " + (i + 1) + ": six columns expected");
      }
      try {
        Product product =
            new Product(
                cells[0],
                cells[1],
                cells[2],
                Price.of(cells[3]),
                Money.of(cells[4]),
                cells[5].replace("\"", ""));
        if (product.tickSize().signum() <= 0 || product.tickValue().signum() <= 0) {
          throw new IllegalStateException(
              FILE + " line " + (i + 1) + ": tick size and tick value must be positive: " + line);
        }
        if (products.put(product.productId(), product) != null) {
          throw new IllegalStateException(
              FILE + " line " + (i + 1) + ": " + product.productId() + " is there twice");
        }
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IllegalStateException(FILE + " line " + (i + 1) + ": " + line, e);
      }
    }
    return new ShippedContracts(Collections.unmodifiableMap(products));
  }

  /** The product of a product id such as {@code F.US.MNQ}; empty when it is not listed. */
  public Optional<Product> product(String productId) {
    return Optional.ofNullable(products.get(productId));
  }

  /** All products, in the order of the file. */
  public List<Product> products() {
    return List.copyOf(products.values());
  }

  /**
   * Economics by product, for contracts the venue does not list: each product as a contract of no
   * month.
   */
  public List<Contract> economics() {
    List<Contract> contracts = new ArrayList<>();
    for (Product product : products.values()) {
      contracts.add(
          new Contract(
              new ContractId("CON." + product.productId() + ".X00"),
              product.symbol(),
              product.symbol(),
              product.tickSize(),
              product.tickValue()));
    }
    return List.copyOf(contracts);
  }

  /** The symbols a trader may write, in the order of the file. */
  public List<String> symbols() {
    List<String> symbols = new ArrayList<>();
    products.values().forEach(product -> symbols.add(product.symbol()));
    return symbols;
  }

  /**
   * The contract of that id by its product; empty for a product nobody knows.
   *
   * @return named as the venue would: {@code CON.F.US.EP.U26} → {@code ESU6}
   */
  public Optional<Contract> contract(ContractId id) {
    return product(id.productId())
        .map(
            product ->
                new Contract(
                    id,
                    product.symbol(),
                    product.symbol() + month(id.value()),
                    product.tickSize(),
                    product.tickValue()));
  }

  /** Month letter and last digit of the year: {@code …U26} → {@code U6}. */
  private static String month(String id) {
    String month = id.substring(id.lastIndexOf('.') + 1);
    return month.length() == 3 ? "" + month.charAt(0) + month.charAt(2) : month;
  }
}
