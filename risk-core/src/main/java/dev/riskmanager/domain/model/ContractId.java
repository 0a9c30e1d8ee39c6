package dev.riskmanager.domain.model;

/**
 * The venue's contract id, e.g. {@code CON.F.US.MNQ.U26}: prefix, product, month letter and
 * two-digit year (observed by several clients, promised by nobody).
 *
 * @param value as the venue writes it, never blank
 */
public record ContractId(String value) implements Comparable<ContractId> {
  private static final String PREFIX = "CON.";

  public ContractId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a contract id is never blank");
    }
  }

  /**
   * The product id inside, e.g. {@code F.US.MNQ}: the same for every month, and the key of the
   * shipped contract table. The whole id when it is not of the observed form.
   */
  public String productId() {
    int month = value.lastIndexOf('.');
    return value.startsWith(PREFIX) && month > PREFIX.length()
        ? value.substring(PREFIX.length(), month)
        : value;
  }

  @Override
  public int compareTo(ContractId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
