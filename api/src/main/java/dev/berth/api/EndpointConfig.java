package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code EndpointConfig}: how to run Models. */
@JsonClassDescription(
    "Which Models an Endpoint runs, in which shares and sizes. Its spec never changes: "
        + "an Endpoint is updated by naming another EndpointConfig.")
@Group("berth.dev")
@Version("v1alpha1")
@Kind("EndpointConfig")
@Plural("endpointconfigs")
@Singular("endpointconfig")
@ShortNames("epc")
@Categories("berth")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Whether all is as the spec says.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE,
    getDescription = "How long it has existed.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Why it is ready or not, as one word.")
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Why it is ready or not, and what to do.")
@ValidationRule(value = Names.SHORT, message = Names.SHORT_MESSAGE)
public class EndpointConfig extends CustomResource<EndpointConfigSpec, EndpointConfigStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  @Required
  @JsonPropertyDescription("How to run Models. It never changes: a change is a new EndpointConfig.")
  public EndpointConfigSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Whether its Models exist, and who uses it.")
  public EndpointConfigStatus getStatus() {
    return super.getStatus();
  }
}
