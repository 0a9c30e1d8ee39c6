package dev.riskmanager.domain.timer;

import dev.riskmanager.domain.model.AccountId;
import java.time.Instant;

/**
 * A named deadline of one account; it fires once, also when it fell due while the engine was down.
 *
 * @param name unique within the account; what fires together fires in the order of names
 * @param deadline when it fires
 * @param purpose for people
 */
public record Timer(AccountId account, String name, Instant deadline, String purpose) {}
