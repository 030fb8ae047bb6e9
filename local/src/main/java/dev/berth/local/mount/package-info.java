/**
 * What a kubelet does for a pod, for a process: ConfigMaps and Secrets of the folder become files,
 * {@code pvc://} and {@code configmap://} become {@code file://}, variables get their values. What
 * is missing is a failure with words, and is looked for again at each start. Leans on the folder's
 * resources only.
 */
package dev.berth.local.mount;
