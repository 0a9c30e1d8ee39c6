package dev.riskmanager.sim.http;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import tools.jackson.databind.node.ObjectNode;

/** Logging in and out. */
final class AuthApi {
  private static final int INVALID_CREDENTIALS = 3;
  private static final int APP_NOT_FOUND = 4;
  private static final int AGREEMENTS_NOT_SIGNED = 7;

  private final Knobs knobs;
  private final Tokens tokens;
  private final String userName;
  private final String apiKey;

  AuthApi(Knobs knobs, Tokens tokens, String userName, String apiKey) {
    this.knobs = knobs;
    this.tokens = tokens;
    this.userName = userName;
    this.apiKey = apiKey;
  }

  ObjectNode loginKey(Call call) {
    String user = call.body().text("userName");
    String key = call.body().text("apiKey");
    int told = knobs.get(RestKnobs.LOGIN_ERROR).intValue();
    int code = told != 0 ? told : right(user, key) ? 0 : INVALID_CREDENTIALS;
    ObjectNode reply = Json.object();
    reply.put("token", code == 0 ? tokens.issue(userName) : null);
    String message =
        code == AGREEMENTS_NOT_SIGNED
            ? "Please log into the ProjectX platform and complete the required agreements"
            : null;
    return Envelope.close(reply, code, message);
  }

  private boolean right(String user, String key) {
    return user.equalsIgnoreCase(userName) && key.equals(apiKey);
  }

  /** The withdrawn way of logging in: no application is known here. */
  ObjectNode loginApp(Call call) {
    for (String member : new String[] {"userName", "password", "deviceId", "appId", "verifyKey"}) {
      call.body().text(member);
    }
    ObjectNode reply = Json.object();
    reply.putNull("token");
    return Envelope.close(reply, APP_NOT_FOUND, null);
  }

  ObjectNode validate(Call call) {
    ObjectNode reply = Json.object();
    reply.put("newToken", tokens.issue(call.user()));
    return Envelope.close(reply, 0, null);
  }

  ObjectNode logout(Call call) {
    tokens.logout(call.token());
    return Envelope.ok();
  }
}
