/** Files that are either written whole or not at all. */
package dev.vaelab.api.files;
