/** Text that is shown to people. */
package dev.vaelab.api.text;
