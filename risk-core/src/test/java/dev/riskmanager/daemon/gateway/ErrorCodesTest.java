package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every code of every operation that is called (gateway-api §1.6), and what it means for a retry.
 */
class ErrorCodesTest {
  private static final String TABLE =
      """
      LOGIN_KEY 0 Success done
      LOGIN_KEY 1 UserNotFound refused
      LOGIN_KEY 2 PasswordVerificationFailed refused
      LOGIN_KEY 3 InvalidCredentials refused
      LOGIN_KEY 4 AppNotFound refused
      LOGIN_KEY 5 AppVerificationFailed refused
      LOGIN_KEY 6 InvalidDevice refused
      LOGIN_KEY 7 AgreementsNotSigned refused
      LOGIN_KEY 8 UnknownError ambiguous
      LOGIN_KEY 9 ApiSubscriptionNotFound refused
      LOGIN_KEY 10 ApiKeyAuthenticationDisabled refused
      VALIDATE 0 Success done
      VALIDATE 1 InvalidSession refused
      VALIDATE 2 SessionNotFound refused
      VALIDATE 3 ExpiredToken refused
      VALIDATE 4 UnknownError ambiguous
      ACCOUNT_SEARCH 0 Success done
      CONTRACT_AVAILABLE 0 Success done
      CONTRACT_BY_ID 0 Success done
      CONTRACT_BY_ID 1 ContractNotFound gone
      ORDER_PLACE 0 Success done
      ORDER_PLACE 1 AccountNotFound permanent
      ORDER_PLACE 2 OrderRejected refused
      ORDER_PLACE 3 InsufficientFunds refused
      ORDER_PLACE 4 AccountViolation refused
      ORDER_PLACE 5 OutsideTradingHours refused
      ORDER_PLACE 6 OrderPending ambiguous
      ORDER_PLACE 7 UnknownError ambiguous
      ORDER_PLACE 8 ContractNotFound refused
      ORDER_PLACE 9 ContractNotActive refused
      ORDER_PLACE 10 AccountRejected permanent
      ORDER_MODIFY 0 Success done
      ORDER_MODIFY 1 AccountNotFound permanent
      ORDER_MODIFY 2 OrderNotFound gone
      ORDER_MODIFY 3 Rejected refused
      ORDER_MODIFY 4 Pending ambiguous
      ORDER_MODIFY 5 UnknownError ambiguous
      ORDER_MODIFY 6 AccountRejected permanent
      ORDER_MODIFY 7 ContractNotFound refused
      ORDER_CANCEL 0 Success done
      ORDER_CANCEL 1 AccountNotFound permanent
      ORDER_CANCEL 2 OrderNotFound gone
      ORDER_CANCEL 3 Rejected refused
      ORDER_CANCEL 4 Pending ambiguous
      ORDER_CANCEL 5 UnknownError ambiguous
      ORDER_CANCEL 6 AccountRejected permanent
      ORDER_SEARCH_OPEN 0 Success done
      ORDER_SEARCH_OPEN 1 AccountNotFound permanent
      ORDER_QUERY 0 Success done
      ORDER_QUERY 1 AccountNotFound permanent
      POSITION_SEARCH_OPEN 0 Success done
      POSITION_SEARCH_OPEN 1 AccountNotFound permanent
      POSITION_CLOSE 0 Success done
      POSITION_CLOSE 1 AccountNotFound permanent
      POSITION_CLOSE 2 PositionNotFound gone
      POSITION_CLOSE 3 ContractNotFound refused
      POSITION_CLOSE 4 ContractNotActive refused
      POSITION_CLOSE 5 OrderRejected refused
      POSITION_CLOSE 6 OrderPending ambiguous
      POSITION_CLOSE 7 UnknownError ambiguous
      POSITION_CLOSE 8 AccountRejected permanent
      POSITION_PARTIAL_CLOSE 0 Success done
      POSITION_PARTIAL_CLOSE 1 AccountNotFound permanent
      POSITION_PARTIAL_CLOSE 2 PositionNotFound gone
      POSITION_PARTIAL_CLOSE 3 ContractNotFound refused
      POSITION_PARTIAL_CLOSE 4 ContractNotActive refused
      POSITION_PARTIAL_CLOSE 5 InvalidCloseSize refused
      POSITION_PARTIAL_CLOSE 6 OrderRejected refused
      POSITION_PARTIAL_CLOSE 7 OrderPending ambiguous
      POSITION_PARTIAL_CLOSE 8 UnknownError ambiguous
      POSITION_PARTIAL_CLOSE 9 AccountRejected permanent
      TRADE_SEARCH 0 Success done
      TRADE_SEARCH 1 AccountNotFound permanent
      """;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE, delimiter = ' ')
  void theNumberOfAnOperationHasThisNameAndThisMeaning(
      Operation operation, int number, String title, String meaning) {
    ErrorCode code = operation.code(number);
    assertThat(code.title()).isEqualTo(title);
    assertThat(code.number()).isEqualTo(number);
    assertThat(code.meaning())
        .isEqualTo(ErrorCode.Meaning.valueOf(meaning.toUpperCase(Locale.ROOT)));
  }

  @Test
  void theTableNamesEveryCodeOfEveryOperationAndWhatIsBeyondIsAmbiguous() {
    Set<String> named = new TreeSet<>();
    TABLE.lines().forEach(line -> named.add(line.replaceFirst(" [A-Za-z]+ [a-z]+$", "")));
    Set<String> known = new TreeSet<>();
    for (Operation operation : Operation.values()) {
      for (int number = -1; number <= 99; number++) {
        ErrorCode code = operation.code(number);
        if (code instanceof ErrorCode.Unknown) {
          assertThat(code.meaning()).isEqualTo(ErrorCode.Meaning.AMBIGUOUS);
          assertThat(code.title()).isEqualTo("UNKNOWN(" + number + ")");
        } else {
          known.add(operation + " " + number);
        }
      }
    }
    assertThat(named).isEqualTo(known).hasSize(73);
  }
}
