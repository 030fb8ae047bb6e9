/**
 * What the CRDs refuse on a real API server, and in which words: every fixture that the local shell
 * is tested with, sent to the cluster that KUBECONFIG names. It installs the CRDs if they are not
 * there, and keeps to a namespace of its own.
 */
package dev.berth.e2e.validation;
