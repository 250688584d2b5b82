/**
 * What an engine offers: the service provider interface of backends.
 *
 * <p>A backend is a {@link dev.vaelab.api.backend.VaeBackend} named in
 * {@code META-INF/services/dev.vaelab.api.backend.VaeBackend} of its jar. It makes
 * {@link dev.vaelab.api.backend.VaeModel}s; training loop, metrics, checkpoints and pictures are not its business.
 */
package dev.vaelab.api.backend;
