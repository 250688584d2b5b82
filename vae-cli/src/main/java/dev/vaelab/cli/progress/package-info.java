/** What a person sees while a training runs, on standard error. */
package dev.vaelab.cli.progress;
