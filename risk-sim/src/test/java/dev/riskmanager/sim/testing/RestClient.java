package dev.riskmanager.sim.testing;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Calls the venue as any HTTP client would. */
public final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private String token = "";

  private RestClient(String url) {
    this.url = url;
  }

  /** A client that has not logged in. */
  public static RestClient anonymous(SimVenue venue) {
    return new RestClient(venue.url());
  }

  /** A client with a token. */
  public static RestClient loggedIn(SimVenue venue) {
    RestClient client = anonymous(venue);
    client.token =
        client
            .post("Auth/loginKey", Map.of("userName", venue.userName(), "apiKey", venue.apiKey()))
            .get("token")
            .stringValue();
    return client;
  }

  public String token() {
    return token;
  }

  public void token(String newToken) {
    token = newToken;
  }

  /** The body of an operation's answer, which must be HTTP 200. */
  public JsonNode post(String operation, Map<String, ?> body) {
    HttpResponse<String> response = send(operation, Json.write(Json.of(body)));
    if (response.statusCode() != 200) {
      throw new AssertionError(
          operation + " gave " + response.statusCode() + " " + response.body());
    }
    return Json.parse(response.body());
  }

  /** The HTTP status of an operation. */
  public int status(String operation, Map<String, ?> body) {
    return send(operation, Json.write(Json.of(body))).statusCode();
  }

  public HttpResponse<String> send(String operation, String body) {
    return exchange(request("/api/" + operation).POST(text(body)).build());
  }

  public CompletableFuture<HttpResponse<String>> sendLater(String operation, Map<String, ?> body) {
    return HTTP.sendAsync(
        request("/api/" + operation).POST(text(Json.write(Json.of(body)))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The answer of an endpoint under {@code /sim}, whatever its status. */
  public HttpResponse<String> sim(String endpoint, String body) {
    return exchange(request("/sim/" + endpoint).POST(text(body)).build());
  }

  public HttpResponse<String> get(String path) {
    return exchange(request(path).GET().build());
  }

  public HttpResponse<String> post(String path, String body) {
    return exchange(request(path).POST(text(body)).build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.BodyPublisher text(String body) {
    return HttpRequest.BodyPublishers.ofString(body);
  }

  private static HttpResponse<String> exchange(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
