package dev.berth.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The operator's connection to the cluster. */
public final class ClusterClient {

  private ClusterClient() {}

  /** Who manages which field is often half of an object, and no cache of ours has a use for it. */
  @JsonIgnoreProperties("managedFields")
  private abstract static class WithoutManagedFields {}

  /** By the pod's service account, or the kubeconfig of whoever started the process. */
  public static KubernetesClient connect() {
    return connect(Config.autoConfigure(null));
  }

  /** By this configuration. */
  public static KubernetesClient connect(Config base) {
    ObjectMapper mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    // The API server takes a creator's field manager from the user agent.
    Config config = new ConfigBuilder(base).withUserAgent("berth").build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
        .build();
  }
}
