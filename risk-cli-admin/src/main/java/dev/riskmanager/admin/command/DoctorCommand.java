package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ProbesText;
import dev.riskmanager.admin.service.ServiceFiles;
import dev.riskmanager.admin.service.ServiceProbe;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.daemon.app.Doctor;
import dev.riskmanager.wire.ProbesView;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether this machine and this home are fit to protect. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Tries what protecting needs: Java, zones, files, sockets, disk, password, engine, service,",
      "clock, and the way to the venue. A running engine is asked how its connection is; otherwise"
          + " doctor logs in itself and",
      "opens both hubs. Only what was tried is shown. Exit code 1 when something is not well.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin doctor",
      "  risk-admin doctor --home /var/lib/risk-manager --json"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Override
  public Integer call() throws Exception {
    List<ProbesView.Probe> probes = new ArrayList<>(Doctor.run(options.homeDir(), System.getenv()));
    new ServiceProbe(new ServiceFiles(Path.of("/"))).run(options.homeDir()).ifPresent(probes::add);
    return print(probes, options, spec.commandLine());
  }

  /** Shows what was tried; the exit code says whether all is well. */
  static int print(List<ProbesView.Probe> probes, Options options, CommandLine commandLine) {
    PrintWriter out = commandLine.getOut();
    if (options.json()) {
      out.println(WireJson.write(new ProbesView(probes)));
    } else {
      ProbesText.lines(probes, options.color()).forEach(out::println);
    }
    return probes.stream().allMatch(ProbesView.Probe::ok) ? 0 : 1;
  }
}
