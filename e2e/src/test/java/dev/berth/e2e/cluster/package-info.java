/**
 * What clients and operators of an endpoint live through on a real cluster: switches, lost pods,
 * lost operators, a restarted API server, bad models. Berth comes from its chart and the models
 * from the examples, as for any user. It leans on kubectl, helm and the cluster that KUBECONFIG
 * names; each test has a namespace of its own.
 */
package dev.berth.e2e.cluster;
