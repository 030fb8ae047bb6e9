/**
 * What an API server checks before it takes a resource: structure, unknown fields and CEL rules, as
 * the CRDs say, in the API server's words. A schema is read once and then judges plain JSON trees;
 * it knows no file and no resource type. Leans on Jackson and on Google's CEL library.
 */
package dev.berth.local.manifest.schema;
