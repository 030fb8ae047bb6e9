package dev.berth.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code Model}. */
@Group("berth.dev")
@Version("v1alpha1")
@Kind("Model")
@Plural("models")
@Singular("model")
@ShortNames("mdl")
@Categories("berth")
public class Model extends CustomResource<ModelSpec, ModelStatus> implements Namespaced {}
