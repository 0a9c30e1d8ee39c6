package dev.riskmanager.daemon.gateway;

import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import java.util.List;
import java.util.Set;

/** What the gateway has to say besides events. Called on its threads; must not block. */
public interface GatewayListener {
  /** Something of the status changed, other than the time of the last event. */
  void statusChanged(GatewayStatus status);

  /** The venue does not let us in; attempts go on, slowly. */
  void loginRejected(LoginRejected rejected);

  /**
   * What the venue's list says of the accounts that are watched; told of the first list that is
   * believed, and whenever others are missing from it.
   *
   * @param missing those of the watched that are not on it
   * @param listed what the venue has
   * @return false when the engine is about to end because of it: nothing of what was read with the
   *     list is passed on then
   */
  boolean accountsListed(Set<AccountId> missing, List<Account> listed);

  /** A payload could not be used and was left out. */
  void rejected(Translation.Rejected rejected);

  /** Listens to nothing. */
  GatewayListener NONE =
      new GatewayListener() {
        @Override
        public void statusChanged(GatewayStatus status) {}

        @Override
        public void loginRejected(LoginRejected rejected) {}

        @Override
        public boolean accountsListed(Set<AccountId> missing, List<Account> listed) {
          return true;
        }

        @Override
        public void rejected(Translation.Rejected rejected) {}
      };
}
