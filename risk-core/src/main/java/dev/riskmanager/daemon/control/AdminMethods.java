package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.RuleSetRequest;
import dev.riskmanager.wire.UnlockRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The methods of one connection that change something. All but two ask the {@link Gate} first. */
final class AdminMethods {
  private static final int LONGEST_REASON = 500;

  /** Characters of a file of the configuration: what fits into a message with room to spare. */
  private static final int LONGEST_FILE = 200_000;

  private static final int DEFAULT_TAIL = 50;
  private static final int LONGEST_TAIL = 10_000;

  private final AdminBackend backend;
  private final Gate gate;

  AdminMethods(AdminBackend backend, Gate gate) {
    this.backend = backend;
    this.gate = gate;
  }

  /** The methods by name. */
  Map<String, Methods.Method> table() {
    Map<String, Methods.Method> table = new LinkedHashMap<>();
    table.put("authenticate", Methods.Method.waiting(List.of("password"), gate::authenticate));
    table.put(
        "passwd", Methods.Method.waiting(List.of("oldPassword", "newPassword"), gate::passwd));
    table.put("unlock", guarded(List.of("accountId", "ruleId", "symbol", "reason"), this::unlock));
    table.put("lock", reducing(List.of("accountId", "until", "reason", "password"), this::lock));
    table.put("flatten", reducing(List.of("accountId", "reason", "password"), this::flatten));
    table.put(
        "unlock.preview", guarded(List.of("accountId", "ruleId", "symbol"), this::unlockPreview));
    table.put(
        "rules.list",
        guarded(
            List.of("accountId"),
            (peer, p) -> RpcFailure.valueOf(backend.rulesList(peer, p.optionalLong("accountId")))));
    table.put(
        "rules.set",
        guarded(
            List.of("rule", "key", "value", "now", "reason", "preview", "accountId"),
            this::rulesSet));
    table.put(
        "config.show",
        guarded(List.of(), (peer, p) -> RpcFailure.valueOf(backend.configShow(peer))));
    table.put(
        "config.validate",
        guarded(
            List.of("file", "text"),
            (peer, p) -> RpcFailure.valueOf(backend.configValidate(peer, substitute(p)))));
    table.put(
        "config.write",
        guarded(List.of("file", "base", "text", "now", "reason"), this::configWrite));
    table.put("config.reload", guarded(List.of("now", "reason"), this::configReload));
    table.put(
        "accounts.list",
        guarded(List.of(), (peer, p) -> RpcFailure.valueOf(backend.accountsList(peer))));
    table.put("accounts.add", guarded(List.of("accountId"), this::accountsAdd));
    table.put(
        "accounts.remove", guarded(List.of("accountId", "reason", "now"), this::accountsRemove));
    table.put(
        "accounts.test",
        guarded(List.of(), (peer, p) -> RpcFailure.valueOf(backend.accountsTest(peer))));
    table.put("audit", guarded(List.of("tail"), this::audit));
    table.put(
        "audit.verify",
        guarded(List.of(), (peer, p) -> RpcFailure.valueOf(backend.auditVerify(peer))));
    table.put("backup", guarded(List.of(), (peer, p) -> RpcFailure.valueOf(backend.backup(peer))));
    table.put("shutdown", guarded(List.of("reason"), this::shutdown));
    return table;
  }

  private Methods.Method guarded(List<String> params, Act act) {
    return Methods.Method.waiting(
        params,
        (peer, given) -> {
          gate.pass();
          return new Methods.Reply(act.on(peer, given));
        });
  }

  /**
   * A method that only reduces risk: it also works with a password of its own while passwords are
   * blocked.
   */
  private Methods.Method reducing(List<String> params, Act act) {
    return Methods.Method.waiting(
        params,
        (peer, given) -> {
          gate.passReducing(peer, given.optionalSecret("password"));
          return new Methods.Reply(act.on(peer, given));
        });
  }

  private Object unlock(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.unlock(
            peer,
            new UnlockRequest(
                params.requiredLong("accountId"),
                params.optionalText("ruleId", 64).orElse(null),
                params.optionalText("symbol", 64).orElse(null),
                params.requiredText("reason", LONGEST_REASON))));
  }

  private Object unlockPreview(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.unlockPreview(
            peer,
            new UnlockRequest(
                params.requiredLong("accountId"),
                params.optionalText("ruleId", 64).orElse(null),
                params.optionalText("symbol", 64).orElse(null),
                "")));
  }

  private Object lock(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.lock(
            peer,
            new LockRequest(
                params.requiredLong("accountId"),
                params.requiredInstant("until"),
                params.requiredText("reason", LONGEST_REASON))));
  }

  private Object flatten(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.flatten(
            peer,
            new FlattenRequest(
                params.requiredLong("accountId"), params.requiredText("reason", LONGEST_REASON))));
  }

  private Object rulesSet(Peer peer, Params params) throws RpcFailure {
    OptionalLong accountId = params.optionalLong("accountId");
    return RpcFailure.valueOf(
        backend.rulesSet(
            peer,
            new RuleSetRequest(
                params.requiredText("rule", 64),
                params.requiredText("key", 200),
                params.requiredText("value", 2000),
                params.optionalFlag("now"),
                params.optionalText("reason", LONGEST_REASON).orElse(null),
                params.optionalFlag("preview"),
                accountId.isPresent() ? accountId.getAsLong() : null)));
  }

  /** The text that stands in place of a file; both or neither. */
  private static Map<String, String> substitute(Params params) throws RpcFailure {
    Optional<String> file = params.optionalText("file", 64);
    Optional<String> text = params.optionalLines("text", LONGEST_FILE);
    if (file.isEmpty() && text.isEmpty()) {
      return Map.of();
    }
    return Map.of(params.requiredText("file", 64), params.requiredLines("text", LONGEST_FILE));
  }

  private Object configWrite(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.configWrite(
            peer,
            new ConfigWriteRequest(
                params.requiredText("file", 64),
                params.requiredText("base", 64),
                params.requiredLines("text", LONGEST_FILE),
                params.optionalFlag("now"),
                params.optionalText("reason", LONGEST_REASON).orElse(null))));
  }

  private Object configReload(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.configReload(
            peer,
            new ReloadRequest(
                params.optionalFlag("now"),
                params.optionalText("reason", LONGEST_REASON).orElse(null))));
  }

  private Object accountsAdd(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(backend.accountsAdd(peer, params.requiredLong("accountId")));
  }

  private Object accountsRemove(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.accountsRemove(
            peer,
            params.requiredLong("accountId"),
            params.requiredText("reason", LONGEST_REASON),
            params.optionalFlag("now")));
  }

  private Object audit(Peer peer, Params params) throws RpcFailure {
    int tail = params.optionalInt("tail", 1, LONGEST_TAIL, DEFAULT_TAIL);
    return RpcFailure.valueOf(backend.audit(peer, tail));
  }

  private Object shutdown(Peer peer, Params params) throws RpcFailure {
    return RpcFailure.valueOf(
        backend.shutdown(peer, params.requiredText("reason", LONGEST_REASON)));
  }

  /** Something that is done for a peer. */
  private interface Act {
    Object on(Peer peer, Params params) throws RpcFailure;
  }
}
