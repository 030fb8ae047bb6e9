package dev.berth.operator.render;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;

/** Who the routers are and the little that they may: read routes and addresses, acknowledge. */
final class RouterAccess {

  private RouterAccess() {}

  static ServiceAccount account(ObjectMeta meta) {
    return new ServiceAccountBuilder().withMetadata(meta).build();
  }

  static Role role(ObjectMeta meta) {
    return new RoleBuilder()
        .withMetadata(meta)
        .withRules(
            new PolicyRuleBuilder()
                .withApiGroups("berth.dev")
                .withResources("endpointroutes")
                .withVerbs("get", "list", "watch")
                .build(),
            new PolicyRuleBuilder()
                .withApiGroups("berth.dev")
                .withResources("endpointroutes/status")
                .withVerbs("patch")
                .build(),
            new PolicyRuleBuilder()
                .withApiGroups("discovery.k8s.io")
                .withResources("endpointslices")
                .withVerbs("get", "list", "watch")
                .build())
        .build();
  }

  static RoleBinding binding(ObjectMeta meta) {
    return new RoleBindingBuilder()
        .withMetadata(meta)
        .withNewRoleRef("rbac.authorization.k8s.io", "Role", RouterObjects.NAME)
        .withSubjects(
            new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName(RouterObjects.NAME)
                .withNamespace(meta.getNamespace())
                .build())
        .build();
  }
}
