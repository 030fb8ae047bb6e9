/**
 * A folder of manifests as {@code kubectl apply -f FOLDER} reads it, turned into typed resources.
 * What a cluster's API server would refuse is refused here too, by the same CRD files and in the
 * same words, so that a folder that runs on a laptop also applies on a cluster. Leans on the
 * resource types and their CRDs, on Jackson for YAML, and on a CEL library for the rules.
 */
package dev.berth.local.manifest;
