package dev.berth.operator.render;

import dev.berth.api.ModelSpec.Artifact;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.net.URI;
import java.util.List;

/**
 * Where a server finds a Model's file, and what its pod mounts so that it is there.
 *
 * @param uri as the server reads it: file:// for what is mounted
 */
record ArtifactMount(String uri, List<Volume> volumes, List<VolumeMount> mounts) {

  private static final String VOLUME = "artifact";

  static ArtifactMount of(Artifact artifact) {
    URI uri = URI.create(artifact.uri());
    return switch (String.valueOf(uri.getScheme())) {
      case "pvc" -> claim(uri);
      case "configmap" -> configMap(uri);
      default -> new ArtifactMount(artifact.uri(), List.of(), List.of());
    };
  }

  private static ArtifactMount claim(URI uri) {
    String claim = uri.getAuthority();
    Volume volume =
        new VolumeBuilder()
            .withName(VOLUME)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .withReadOnly(true)
            .endPersistentVolumeClaim()
            .build();
    return mounted("/mnt/berth/pvc/" + claim, uri, volume);
  }

  private static ArtifactMount configMap(URI uri) {
    String name = uri.getAuthority();
    // Optional: without it a pod waits for ever on a ConfigMap that is not there and says so only
    // in
    // an Event. With it the server starts, reports ArtifactNotFound, and heals when the file comes.
    Volume volume =
        new VolumeBuilder()
            .withName(VOLUME)
            .withNewConfigMap()
            .withName(name)
            .withOptional(true)
            .endConfigMap()
            .build();
    return mounted("/mnt/berth/configmap/" + name, uri, volume);
  }

  private static ArtifactMount mounted(String path, URI uri, Volume volume) {
    VolumeMount mount =
        new VolumeMountBuilder().withName(VOLUME).withMountPath(path).withReadOnly(true).build();
    return new ArtifactMount("file://" + path + uri.getPath(), List.of(volume), List.of(mount));
  }
}
