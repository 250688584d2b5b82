/** The ways in which a program built on this project can be used wrongly, and how it says so. */
package dev.vaelab.api;
