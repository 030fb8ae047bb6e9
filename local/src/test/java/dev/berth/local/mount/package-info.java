/** What a server gets of the folder: files, URIs, variables, or words about what is missing. */
package dev.berth.local.mount;
