package dev.riskmanager.replay;

import dev.riskmanager.payload.WireJson;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The result of a scenario for programs. */
final class CheckJson {
  private CheckJson() {}

  static ObjectNode of(Path file, ScenarioRun run) {
    ObjectNode result = WireJson.mapper().createObjectNode();
    result
        .put("file", file.toString())
        .put("line", run.scenario().place().line())
        .put("name", run.scenario().name())
        .put("result", run.green() ? "green" : "red");
    ArrayNode differences = result.putArray("differences");
    for (Comparison.Row row : run.rows()) {
      switch (row) {
        case Comparison.Same same -> {}
        case Comparison.Different other -> {
          ObjectNode one = differences.addObject().put("kind", "different");
          one.set("decided", other.decided());
          other.differences().forEach(one.putArray("members")::add);
        }
        case Comparison.Missing missing ->
            differences
                .addObject()
                .put("kind", "missing")
                .set("expected", missing.expected().members());
        case Comparison.Unexpected unexpected ->
            differences.addObject().put("kind", "unexpected").set("decided", unexpected.decided());
      }
    }
    run.complaints().forEach(result.putArray("complaints")::add);
    ArrayNode decided = result.putArray("decided");
    run.decided().forEach(decided::add);
    return result;
  }

  static ObjectNode unreadable(Path file, String error) {
    return WireJson.mapper()
        .createObjectNode()
        .put("file", file.toString())
        .put("result", "error")
        .put("error", error);
  }
}
