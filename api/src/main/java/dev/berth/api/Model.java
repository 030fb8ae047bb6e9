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

/** The resource {@code Model}: what to run. */
@JsonClassDescription(
    "A machine-learning model, and how to ask it. Its spec never changes: a new version "
        + "of a model is a new Model.")
@Group("berth.dev")
@Version("v1alpha1")
@Kind("Model")
@Plural("models")
@Singular("model")
@ShortNames("mdl")
@Categories("berth")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Whether all is as the spec says.")
@AdditionalPrinterColumn(
    name = "Objective",
    jsonPath = ".status.objective",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "What it was trained for.")
@AdditionalPrinterColumn(
    name = "XGBoost",
    jsonPath = ".status.xgboostVersion",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1,
    getDescription = "Version of XGBoost that wrote it.")
@AdditionalPrinterColumn(
    name = "Features",
    jsonPath = ".status.numFeatures",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1,
    getDescription = "How many features a row has.")
@AdditionalPrinterColumn(
    name = "Trees",
    jsonPath = ".status.numTrees",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1,
    getDescription = "How many trees it has.")
@AdditionalPrinterColumn(
    name = "URI",
    jsonPath = ".spec.artifact.uri",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1,
    getDescription = "Where the file is.")
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
public class Model extends CustomResource<ModelSpec, ModelStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  @Required
  @JsonPropertyDescription("What to run. It never changes: a change is a new Model.")
  public ModelSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is known of it, once a server has loaded it.")
  public ModelStatus getStatus() {
    return super.getStatus();
  }
}
