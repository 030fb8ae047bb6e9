package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code EndpointRoute}: what routers obey. Internal, written by the operator. */
@JsonClassDescription(
    "What the routers of a namespace obey for one Endpoint. Berth's own: the operator "
        + "writes the spec, each router its entry in the status.")
@Group("berth.dev")
@Version("v1alpha1")
@Kind("EndpointRoute")
@Plural("endpointroutes")
@Singular("endpointroute")
@ShortNames("epr")
@Categories("berth")
@AdditionalPrinterColumn(
    name = "Generation",
    jsonPath = ".metadata.generation",
    type = AdditionalPrinterColumn.Type.INTEGER,
    getDescription = "What routers are to acknowledge.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE,
    getDescription = "How long it has existed.")
public class EndpointRoute extends CustomResource<EndpointRouteSpec, EndpointRouteStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  @Required
  @JsonPropertyDescription("Fleets and weights. Written by the operator: do not edit.")
  public EndpointRouteSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Which generation each router serves.")
  public EndpointRouteStatus getStatus() {
    return super.getStatus();
  }
}
