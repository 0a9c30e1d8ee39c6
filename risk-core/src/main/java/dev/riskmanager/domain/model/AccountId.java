package dev.riskmanager.domain.model;

/**
 * The venue's numeric account id, e.g. 13298777.
 *
 * @param value as the venue numbers it
 */
public record AccountId(long value) implements Comparable<AccountId> {
  @Override
  public int compareTo(AccountId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
