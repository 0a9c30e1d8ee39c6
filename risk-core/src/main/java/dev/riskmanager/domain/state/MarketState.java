package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Quote;
import dev.riskmanager.domain.persistent.Hashed;
import dev.riskmanager.domain.persistent.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The market: contract economics and quotes, shared by all accounts.
 *
 * @param listed contracts the venue listed
 * @param products fallback economics by product id, e.g. {@code F.US.MNQ}
 * @param quotes the merged quote of each contract that has been quoted
 * @param byId the listed ones, for looking up
 */
public record MarketState(
    Table<ContractId, Contract> listed,
    Table<String, Contract> products,
    Hashed<ContractId, Quote> quotes,
    Hashed<ContractId, Contract> byId) {

  public static MarketState of(Iterable<Contract> products) {
    Table<String, Contract> table = Table.empty();
    for (Contract contract : products) {
      table = table.with(contract.id().productId(), contract);
    }
    return new MarketState(Table.empty(), table, Hashed.empty(), Hashed.empty());
  }

  /** The economics of a contract; empty when neither it nor its product is known. */
  public Optional<Contract> contract(ContractId id) {
    return Optional.ofNullable(find(id));
  }

  private @Nullable Contract find(ContractId id) {
    Contract own = byId.find(id);
    return own != null ? own : products.find(id.productId());
  }

  /** The symbol a trader writes; the product's own code when the contract is unknown. */
  public String symbol(ContractId id) {
    Contract known = find(id);
    if (known != null) {
      return known.symbol();
    }
    String product = id.productId();
    return product.substring(product.lastIndexOf('.') + 1);
  }

  public Optional<Mark> mark(ContractId id) {
    Quote quote = quotes.find(id);
    return quote == null ? Optional.empty() : quote.mark();
  }

  /** The same without any price. */
  public MarketState unpriced() {
    return new MarketState(listed, products, Hashed.empty(), byId);
  }

  public MarketState withContract(Contract contract) {
    return new MarketState(
        listed.with(contract.id(), contract), products, quotes, byId.with(contract.id(), contract));
  }

  public MarketState withQuote(Quote quote) {
    return new MarketState(listed, products, quotes.with(quote.contract(), quote), byId);
  }
}
