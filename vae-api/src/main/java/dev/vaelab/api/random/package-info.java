/** Engine-neutral randomness: every random number of an experiment is drawn here and handed to the engine as data. */
package dev.vaelab.api.random;
