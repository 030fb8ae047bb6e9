package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JVM of an image takes the AOT cache of that image. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class ImageCacheTest {
  /** The first refuses to start without the cache; the other says where each class comes from. */
  private static final String STRICT = "-XX:+UseSerialGC -XX:AOTMode=on -Xlog:class+load";

  @ParameterizedTest
  @CsvSource({
    "berth-model-server, dev.berth.modelserver.ModelServer",
    "berth-router, dev.berth.router.Router"
  })
  void classesComeFromTheCache(String image, String mainClass, Release release) {
    try (Story story = new Story(release, Scene.IMAGES);
        BarePod pod =
            BarePod.start(
                story,
                image,
                new BarePod.Container(image, List.of("--help"), STRICT, "256Mi", ""))) {
      pod.await(
          image + " at its end",
          seen -> List.of("Succeeded", "Failed").contains(seen.getStatus().getPhase()));
      String log = pod.log();
      assertThat(pod.now().getStatus().getPhase()).as(log).isEqualTo("Succeeded");
      assertThat(log.lines().filter(line -> line.contains(" " + mainClass + " source:")))
          .singleElement()
          .asString()
          .contains("shared objects file");
    }
  }
}
