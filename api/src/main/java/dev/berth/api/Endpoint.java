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

/**
 * The resource {@code Endpoint}: what clients call.
 *
 * <p>Its short name is not {@code ep}, nor is {@code endpoints} enough: to kubectl both mean the
 * core group's Endpoints, on every cluster (ADR 0008).
 */
@JsonClassDescription(
    "What clients call: one address that answers by an EndpointConfig, and goes from one "
        + "to the next without losing a request.")
@Group("berth.dev")
@Version("v1alpha1")
@Kind("Endpoint")
@Plural("endpoints")
@Singular("endpoint")
@ShortNames("bep")
@Categories("berth")
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Where it is in its life.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Whether all is as the spec says.")
@AdditionalPrinterColumn(
    name = "Config",
    jsonPath = ".status.endpointConfigName",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "The EndpointConfig that serves now.")
@AdditionalPrinterColumn(
    name = "Revision",
    jsonPath = ".status.revision",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "The revision that serves now.")
@AdditionalPrinterColumn(
    name = "Step",
    jsonPath = ".status.update.step",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "What the update in progress does.")
@AdditionalPrinterColumn(
    name = "Wanted",
    jsonPath = ".spec.endpointConfigName",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1,
    getDescription = "The EndpointConfig that is to serve.")
@AdditionalPrinterColumn(
    name = "URL",
    jsonPath = ".status.url",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1,
    getDescription = "Where to send requests.")
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
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name becomes a host name: begin with a lower-case letter, use lower-case letters,"
            + " digits and '-' only, and end with a letter or digit")
@ValidationRule(value = Names.SHORT, message = Names.SHORT_MESSAGE)
public class Endpoint extends CustomResource<EndpointSpec, EndpointStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  @Required
  @JsonPropertyDescription("What is to be served, and how to get there.")
  public EndpointSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is served, and what an update waits for.")
  public EndpointStatus getStatus() {
    return super.getStatus();
  }
}
