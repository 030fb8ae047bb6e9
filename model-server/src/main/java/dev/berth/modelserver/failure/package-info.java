/**
 * Why a model cannot be served: reasons that whoever started this process acts on, and the
 * termination log that tells them. Everything that happens before a model is ready ends here when
 * it goes wrong. Leans on nothing.
 */
package dev.berth.modelserver.failure;
