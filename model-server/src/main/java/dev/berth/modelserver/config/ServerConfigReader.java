package dev.berth.modelserver.config;

import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.berth.modelserver.config.ModelConfig.Feature;
import dev.berth.modelserver.config.ModelConfig.FeatureType;
import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and checks a {@link ServerConfig}. Every complaint names the place in the file. */
public final class ServerConfigReader {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private ServerConfigReader() {}

  /** A server of one file has no use for it, and it takes a tenth of a start. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().addModule(new Jdk8Module()).build();
  }

  /** The configuration in a JSON file. */
  public static ServerConfig read(Path file) throws LoadFailure {
    ServerConfig config;
    try {
      config = Json.MAPPER.readValue(Files.readString(file), ServerConfig.class);
    } catch (JsonProcessingException e) {
      throw new LoadFailure(
          InvalidConfiguration, file + ": " + place(e) + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new LoadFailure(InvalidConfiguration, file + " cannot be read: " + e, e);
    }
    check(config);
    return config;
  }

  /** The configuration of one model in a file, with everything at its default. */
  public static ServerConfig ofFile(Path model) {
    String file = model.getFileName().toString();
    int dot = file.indexOf('.');
    ModelConfig.Artifact artifact =
        new ModelConfig.Artifact(
            model.toAbsolutePath().toUri().toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ServerConfig(
        List.of(
            new ModelConfig(dot > 0 ? file.substring(0, dot) : file, artifact, null, null, null)));
  }

  private static void check(ServerConfig config) throws LoadFailure {
    require(!config.models().isEmpty(), "models: at least one is needed");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < config.models().size(); i++) {
      String at = "models[" + i + "]";
      ModelConfig model = config.models().get(i);
      require(model.name() != null && !model.name().isBlank(), at + ".name is missing");
      require(names.add(model.name()), at + ".name: '" + model.name() + "' is there twice");
      require(
          model.artifact() != null && model.artifact().uri() != null,
          at + ".artifact.uri is missing");
      Optional<String> sha256 = model.artifact().sha256();
      require(
          sha256.isEmpty() || SHA256.matcher(sha256.get()).matches(),
          at + ".artifact.sha256 is not 64 hexadecimal digits");
      checkFeatures(at, model.features());
      for (int r = 0; r < model.goldenRecords().size(); r++) {
        ModelConfig.GoldenRecord golden = model.goldenRecords().get(r);
        require(
            golden.contentType() != null && golden.body() != null && golden.expect() != null,
            at + ".goldenRecords[" + r + "] needs contentType, body and expect");
      }
    }
  }

  private static void checkFeatures(String at, List<Feature> features) throws LoadFailure {
    Set<String> names = new HashSet<>();
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      String place = at + ".features[" + f + "]";
      require(feature.name() != null && !feature.name().isEmpty(), place + ".name is missing");
      require(names.add(feature.name()), place + ".name: '" + feature.name() + "' is there twice");
      require(
          feature.type() != FeatureType.Text,
          place + ": a Text feature needs a vectoriser, which this server does not have");
      require(
          feature.type() == FeatureType.Categorical || feature.categories().isEmpty(),
          place + ".categories: only a Categorical feature has them");
      require(
          new HashSet<>(feature.categories()).size() == feature.categories().size(),
          place + ".categories: one is there twice");
    }
  }

  private static void require(boolean condition, String complaint) throws LoadFailure {
    if (!condition) {
      throw new LoadFailure(InvalidConfiguration, complaint);
    }
  }

  private static String place(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining())
            .substring(1)
        + ": ";
  }
}
