package dev.berth.local.shell;

import dev.berth.local.console.EndpointTable;
import dev.berth.local.state.Registry;
import dev.berth.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth get DIR}: what the shell of a folder last reported. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the Endpoints of a folder as its 'berth up' last reported them.",
      "The resources with their whole status are YAML files in DIR/.berth/resources."
    })
public final class Get implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "the folder that 'berth up' was given")
  private Path folder;

  @Option(names = "--state-dir", description = "where state is kept; DIR/.berth")
  private Path stateFolder;

  @Override
  public Integer call() throws IOException {
    Path root = stateFolder != null ? stateFolder : Up.defaultState(folder);
    if (!Files.isDirectory(StateFolder.resources(root))) {
      spec.commandLine().getErr().println("berth get: nothing was run from " + folder + " yet");
      return 1;
    }
    EndpointTable.lines(Registry.open(StateFolder.resources(root)).endpoints())
        .forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
