package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code receipts}: which receipts there are.
 *
 * @param receipts newest last
 */
public record ReceiptsView(List<ReceiptLine> receipts) {

  public ReceiptsView {
    receipts = Lists.copy(receipts);
  }

  /**
   * One of them.
   *
   * @param id its id, for {@code receipt}
   * @param accountId the account
   * @param ruleId the rule
   * @param rule that rule's key
   * @param symbol the symbol when it was about one only, or null
   * @param reason why the engine acted
   * @param decidedAt when it decided
   * @param outcome what came of it
   */
  public record ReceiptLine(
      String id,
      long accountId,
      String ruleId,
      String rule,
      @Nullable String symbol,
      String reason,
      Instant decidedAt,
      String outcome) {}
}
