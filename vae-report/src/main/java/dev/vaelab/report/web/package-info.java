/**
 * A web server for one person at this machine: pages and JSON at fixed addresses, refused to every other machine and to
 * every other page of the browser. Nothing outside this package knows that Jetty does it.
 */
package dev.vaelab.report.web;
