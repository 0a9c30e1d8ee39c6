package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.model.ContractId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a finding rests on, for its receipt.
 *
 * @param inputs what the rule looked at, by name
 * @param formula the computation with its numbers, up to the comparison with the limit
 * @param prices contracts whose marks are in it
 */
public record Basis(List<Input> inputs, String formula, List<ContractId> prices) {

  /** One thing the rule looked at, e.g. {@code fees} and {@code $2.5}. */
  public record Input(String name, String value) {}

  public static Builder of() {
    return new Builder();
  }

  /** Collects a basis; owned by whoever makes it. */
  public static final class Builder {
    private final List<Input> inputs = new ArrayList<>();
    private final List<ContractId> prices = new ArrayList<>();

    private Builder() {}

    public Builder input(String name, String value) {
      inputs.add(new Input(name, value));
      return this;
    }

    /** The mark of that contract is one of the numbers. */
    public Builder priced(ContractId contract) {
      prices.add(contract);
      return this;
    }

    public Basis formula(String text) {
      return new Basis(List.copyOf(inputs), text, List.copyOf(prices));
    }
  }
}
