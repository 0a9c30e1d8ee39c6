package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.OrderSide;
import dev.riskmanager.wire.OrderStatus;
import dev.riskmanager.wire.OrderView;
import java.util.List;

/**
 * Working orders.
 *
 * <pre>
 *   order  symbol  type  side  size     price  status
 *   1      MNQ     STOP  SELL     1  20980.00  OPEN
 * </pre>
 */
public final class OrdersPanel {
  private OrdersPanel() {}

  /**
   * Draws those of an account.
   *
   * @param account the account
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or one line saying that there is none, or that nobody has looked
   */
  public static List<Line> lines(AccountView account, int columns, Glyphs glyphs) {
    return account.orders().isEmpty() && Boolean.FALSE.equals(account.booksRead())
        ? List.of(Line.of("orders are not known yet", Style.WARN))
        : lines(account.orders(), columns, glyphs);
  }

  /**
   * Draws them.
   *
   * @param orders the orders
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or one line saying that there is none
   */
  public static List<Line> lines(List<OrderView> orders, int columns, Glyphs glyphs) {
    if (orders.isEmpty()) {
      return List.of(Line.of("no working order", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("order", 2)
            .left("symbol", 0)
            .left("type", 0)
            .left("side", 0)
            .right("size", 0)
            .right("price", 0)
            .left("status", 1)
            .left("contract", 3);
    for (OrderView order : orders) {
      String size = Integer.toString(order.size());
      table.row(
          new Span(Long.toString(order.orderId()), Style.DIM),
          new Span(order.symbol(), Style.STRONG),
          new Span(words(order.type()), Style.NORMAL),
          new Span(order.side().name(), order.side() == OrderSide.SELL ? Style.BAD : Style.GOOD),
          new Span(order.filled() == 0 ? size : order.filled() + "/" + size, Style.NORMAL),
          order.price() == null
              ? new Span("market", Style.NORMAL)
              : new Span(order.price(), Style.NORMAL),
          new Span(
              words(order.status()),
              order.status() == OrderStatus.OPEN ? Style.NORMAL : Style.WARN),
          new Span(order.contractId(), Style.DIM));
    }
    return table.lines(columns);
  }

  private static String words(Enum<?> word) {
    return word.name().replace('_', ' ');
  }
}
