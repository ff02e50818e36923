/**
 * Named counters over HTTP.
 *
 * <ul>
 *   <li><b>In</b>: requests on a port.
 *   <li><b>Out</b>: answers in JSON, counts as Prometheus reads them.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: what the engine exports, the JDK's HTTP server.
 * </ul>
 */
@NullMarked
package io.ringmain.counters.http;

import org.jspecify.annotations.NullMarked;
