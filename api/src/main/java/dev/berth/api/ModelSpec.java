package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What to run. Immutable: a change is a new Model. */
@ValidationRule(
    value = "self == oldSelf",
    message =
        "the spec of a Model never changes: make a new Model with another name, and a new"
            + " EndpointConfig that names it")
@ValidationRule(
    value = "has(self.artifact) || has(self.image)",
    message = "set artifact (a model that Berth's server loads) or image (a server of your own)")
@ValidationRule(
    value =
        "!has(self.image) || !(has(self.features) || has(self.output) || has(self.goldenRecords))",
    message =
        "features, output and goldenRecords are the work of Berth's server, which image replaces:"
            + " remove them, or remove image")
@SchemaCustomizer(value = UniqueItems.class, input = "features by name, env by name")
public record ModelSpec(
    @JsonPropertyDescription(
            "Where the model's file is. Berth's server loads it; a server of your own (image) gets"
                + " its address in BERTH_ARTIFACT_URI and BERTH_ARTIFACT_SHA256, pvc:// and"
                + " configmap:// artifacts mounted, and the Secret's keys as files of the directory"
                + " BERTH_ARTIFACT_CREDENTIALS.")
        Artifact artifact,
    @JsonPropertyDescription(
            "Image of a server of your own that replaces Berth's, for example"
                + " registry.example.com/own:1. It listens on port 8080, answers GET /ping with 200"
                + " once it can serve, and POST /invocations. Default: Berth's server.")
        @Size(min = 1, max = 512)
        @ValidationRule(
            value = "self.matches('^[a-zA-Z0-9][-._:/@a-zA-Z0-9]*$')",
            message = "name an image as [REGISTRY/]REPOSITORY[:TAG][@DIGEST], with no spaces")
        String image,
    @JsonPropertyDescription(
            "What the model reads, in the order of CSV columns; JSON objects name them. Default:"
                + " the names that the model's file holds, all numeric.")
        @Size(min = 1, max = 10000)
        List<Feature> features,
    @JsonPropertyDescription("What an answer shows. Default: the model's prediction, as a number.")
        Output output,
    @JsonPropertyDescription(
            "Requests whose answers are known. A server is ready only once it has answered them"
                + " all rightly, so that a wrong model never takes traffic; they also warm it up."
                + " Default: none.")
        @Size(max = 100)
        List<GoldenRecord> goldenRecords,
    @JsonPropertyDescription("Environment variables of the server. Default: none.") @Size(max = 100)
        List<EnvVar> env,
    @JsonPropertyDescription(
            "ServiceAccount of the server's pods, for example one that may read a bucket. Default:"
                + " the namespace's default ServiceAccount.")
        @Size(min = 1, max = Names.MAX_FOREIGN)
        @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
        String serviceAccountName) {

  /** Where the model's file is. */
  @ValidationRule(
      value = "!has(self.secretName) || self.uri.matches('^(s3|https)://')",
      message =
          "secretName holds credentials, which go to s3:// and https:// only; remove it, or change"
              + " uri")
  public record Artifact(
      @JsonPropertyDescription(
              "Address of one file: s3://BUCKET/KEY, https://HOST/PATH, http://HOST/PATH,"
                  + " pvc://CLAIM/PATH, configmap://NAME/KEY (up to 1 MiB), or, on a laptop only,"
                  + " file:///PATH. The file is an XGBoost model as JSON, UBJSON or the old binary"
                  + " format (told apart by content), or a .tar.gz that holds exactly one.")
          @Required
          @Size(min = 1, max = 2048)
          @ValidationRule(
              value = "self.matches('^(s3|https?|pvc|configmap|file)://')",
              message =
                  "uri begins with s3://, https://, http://, pvc://, configmap:// or (on a laptop)"
                      + " file://: copy the model to one of these")
          @ValidationRule(
              value = "!self.startsWith('s3://') || self.matches('^s3://[^/]+/.*[^/]$')",
              message = "write s3://BUCKET/KEY, where KEY names one object")
          @ValidationRule(
              value = "!self.startsWith('http') || self.matches('^https?://[^/@ ]+/[^ ]+$')",
              message =
                  "write https://HOST/PATH of one file, with no spaces; a user and password belong"
                      + " into the Secret that secretName names")
          @ValidationRule(
              value =
                  "!self.startsWith('pvc://') ||"
                      + " (self.matches('^pvc://[a-z0-9][-.a-z0-9]*/[^/].*[^/]$|^pvc://[a-z0-9][-.a-z0-9]*/[^/]$')"
                      + " && !self.matches('/[.][.]?(/|$)'))",
              message =
                  "write pvc://CLAIM/PATH, where PATH is a file in the claim, with no '.' or '..'"
                      + " in it")
          @ValidationRule(
              value =
                  "!self.startsWith('configmap://') ||"
                      + " self.matches('^configmap://[a-z0-9][-.a-z0-9]*/[-._a-zA-Z0-9]+$')",
              message = "write configmap://NAME/KEY, a key of a ConfigMap of this namespace")
          @ValidationRule(
              value = "!self.startsWith('file://') || self.matches('^file:///.*[^/]$')",
              message = "write file:///PATH, the absolute path of a file")
          String uri,
      @JsonPropertyDescription(
              "SHA-256 of the file, as sha256sum prints it. It is checked at each load; a file"
                  + " that differs is never served. Default: not checked.")
          @Size(max = 64)
          @ValidationRule(
              value = "self.matches('^[0-9a-f]{64}$')",
              message = "sha256 is 64 lower-case hexadecimal digits: run sha256sum on the file")
          String sha256,
      @JsonPropertyDescription(
              "Secret of this namespace with credentials. For s3://: AWS_ACCESS_KEY_ID,"
                  + " AWS_SECRET_ACCESS_KEY, and if needed AWS_SESSION_TOKEN, AWS_REGION,"
                  + " AWS_ENDPOINT_URL, ca.crt. For https://: authorization, or username and"
                  + " password, and if needed ca.crt. Default: the pod's own identity for s3://,"
                  + " none for the others.")
          @Size(min = 1, max = Names.MAX_FOREIGN)
          @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
          String secretName,
      @JsonPropertyDescription("Format of the model: XGBoost, which is the default.")
          @Size(max = 16)
          @ValidationRule(
              value = "self == 'XGBoost'",
              message = "format is XGBoost: other models need a server of their own, see image")
          String format) {}

  /** One feature, in the order of CSV columns. {@code required} absent means true. */
  @ValidationRule(
      value = "!has(self.type) || self.type != 'Categorical' || has(self.categories)",
      message = "type Categorical needs categories, in the order of the codes that the model knows")
  @ValidationRule(
      value = "!has(self.categories) || (has(self.type) && self.type == 'Categorical')",
      message = "categories go with type Categorical: set the type, or remove them")
  @SchemaCustomizer(value = UniqueItems.class, input = "categories")
  public record Feature(
      @JsonPropertyDescription("Name of the feature, unique in the Model; as in the model's file.")
          @Required
          @Size(min = 1, max = 256)
          String name,
      @JsonPropertyDescription("How its text becomes a number. Default: Numeric.") FeatureType type,
      @JsonPropertyDescription(
              "Categories in the order of their codes: the first one is 0. Only, and always, with"
                  + " type Categorical. Example: [north, south].")
          @Size(min = 1, max = 10000)
          List<@Size(max = 256) String> categories,
      @JsonPropertyDescription(
              "Whether a request without it is refused (true) or it counts as missing (false)."
                  + " Default: true.")
          Boolean required) {}

  /** How a feature's text becomes a number: read as one, or looked up among the categories. */
  public enum FeatureType {
    Numeric,
    Categorical
  }

  /** What an answer shows. */
  @SchemaCustomizer(value = UniqueItems.class, input = "labels")
  public record Output(
      @JsonPropertyDescription(
              "Names of the classes in the order of their numbers. Example: [negative, positive]."
                  + " Default: the numbers.")
          @Size(min = 1, max = 10000)
          List<@Size(min = 1, max = 256) String> labels,
      @JsonPropertyDescription(
              "From which probability on a binary model says the second label, 0 to 1. Default:"
                  + " 0.5.")
          @Min(0)
          @Max(1)
          Double threshold,
      @JsonPropertyDescription(
              "Which output is the answer: Prediction (as XGBoost's predict), Probabilities (one a"
                  + " class), Label (the likeliest class by name) or Margin (before the objective's"
                  + " transform). Default: Prediction.")
          Select select) {}

  /** Which of the model's outputs is the answer. */
  public enum Select {
    Prediction,
    Probabilities,
    Label,
    Margin
  }

  /** A request whose answer is known; {@code tolerance} is absolute, absent means exact text. */
  public record GoldenRecord(
      @JsonPropertyDescription("Media type of body, for example text/csv.")
          @Required
          @Size(max = 128)
          @ValidationRule(
              value =
                  "self.matches('^(text/csv|text/libsvm|text/x-libsvm|application/json|application/jsonlines)( *;.*)?$')",
              message =
                  "contentType is text/csv, text/libsvm, application/json or application/jsonlines")
          String contentType,
      @JsonPropertyDescription("The request, for example 0.00632,18.0,2.31.")
          @Required
          @Size(min = 1, max = 65536)
          String body,
      @JsonPropertyDescription(
              "The answer, as the server writes it for this request. Example: 24.9.")
          @Required
          @Size(min = 1, max = 65536)
          String expect,
      @JsonPropertyDescription(
              "How far each number of the answer may be from the expected one, in the answer's own"
                  + " unit. Default: the text must be equal.")
          @Min(0)
          Double tolerance) {}

  /** An environment variable: a value, or a key of a Secret or ConfigMap of the same namespace. */
  @ValidationRule(
      value = "has(self.value) != has(self.valueFrom)",
      message = "set exactly one of value and valueFrom")
  public record EnvVar(
      @JsonPropertyDescription("Name of the variable, unique in the Model.")
          @Required
          @Size(min = 1, max = 256)
          @ValidationRule(
              value = "self.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
              message = "a variable's name has letters, digits and '_', and begins with no digit")
          @ValidationRule(
              value = "!self.startsWith('BERTH_')",
              message = "names that begin with BERTH_ are Berth's own: choose another")
          String name,
      @JsonPropertyDescription("Its value, instead of valueFrom.") @Size(max = 32768) String value,
      @JsonPropertyDescription("Where its value is, instead of value.") ValueFrom valueFrom) {}

  /** Where a variable's value comes from: exactly one of the two. */
  @ValidationRule(
      value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
      message = "set exactly one of secretKeyRef and configMapKeyRef")
  public record ValueFrom(
      @JsonPropertyDescription("A key of a Secret of this namespace, instead of configMapKeyRef.")
          KeyRef secretKeyRef,
      @JsonPropertyDescription("A key of a ConfigMap of this namespace, instead of secretKeyRef.")
          KeyRef configMapKeyRef) {}

  /** A key of a Secret or ConfigMap. */
  public record KeyRef(
      @JsonPropertyDescription("Name of the Secret or ConfigMap.")
          @Required
          @Size(min = 1, max = Names.MAX_FOREIGN)
          @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
          String name,
      @JsonPropertyDescription("The key in it.")
          @Required
          @Size(min = 1, max = Names.MAX_FOREIGN)
          @ValidationRule(value = Names.KEY, message = Names.KEY_MESSAGE)
          String key,
      @JsonPropertyDescription(
              "Whether the server starts without it (true) or waits for it (false). Default: false.")
          Boolean optional) {}
}
