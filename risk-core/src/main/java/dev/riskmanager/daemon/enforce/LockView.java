package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the lockouts of an account let stand.
 *
 * @param baseline of the account lockout; empty when the account is not locked
 * @param symbols contracts that must be flat whatever the baseline says
 */
record LockView(Optional<Baseline> baseline, Set<ContractId> symbols) {
  static final LockView OPEN = new LockView(Optional.empty(), Set.of());

  LockView {
    symbols = Collections.unmodifiableSortedSet(new TreeSet<>(symbols));
  }

  /** Contracts of this position that may stay; {@code Long.MAX_VALUE} when any may. */
  long stay(Position position) {
    if (symbols.contains(position.contract())) {
      return 0;
    }
    return baseline
        .map(b -> Math.abs(Baseline.tighter(b.of(position.contract()), position.signedSize())))
        .orElse(Long.MAX_VALUE);
  }

  boolean locks(ContractId contract) {
    return baseline.isPresent() || symbols.contains(contract);
  }

  /** Whether anything is locked at all. */
  boolean isLocked() {
    return baseline.isPresent() || !symbols.isEmpty();
  }

  /** Whether more of that contract may stay than before. */
  boolean isLooserThan(LockView before, ContractId contract) {
    return before.locks(contract)
        && (!locks(contract) || !Baseline.permits(before.allowed(contract), allowed(contract)));
  }

  /** Whether more may stay than before, of whatever contract. */
  boolean isLooserThan(LockView before) {
    Set<ContractId> known = new TreeSet<>(before.symbols);
    for (LockView view : List.of(before, this)) {
      view.baseline.ifPresent(
          b -> {
            for (int i = 0; i < b.allowed().size(); i++) {
              known.add(b.allowed().keyAt(i));
            }
          });
    }
    return (before.baseline.isPresent() && baseline.isEmpty())
        || known.stream().anyMatch(contract -> isLooserThan(before, contract));
  }

  /** Signed contracts that may stay where it is locked. */
  private long allowed(ContractId contract) {
    return symbols.contains(contract) ? 0 : baseline.map(b -> b.of(contract)).orElse(0L);
  }

  /** Whatever is held there is beyond what may stay. */
  boolean mustBeFlat(ContractId contract) {
    return symbols.contains(contract) || (baseline.isPresent() && baseline.get().of(contract) == 0);
  }

  /** Nothing at all may stay. */
  boolean mustBeFlat() {
    return baseline.isPresent() && baseline.get().isZero();
  }

  /** Growth may have a trade, still to come, that the core will add to the baseline. */
  boolean needsPatience(ContractId contract) {
    return baseline.isPresent() && !baseline.get().fixed() && !symbols.contains(contract);
  }
}
