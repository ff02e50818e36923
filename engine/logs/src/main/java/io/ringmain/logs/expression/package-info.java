/**
 * The language of conditions and computed fields: {@code status >= 500 and method in ("GET", "POST")}.
 *
 * <ul>
 *   <li><b>In</b>: text, the schema of the place where it stands; then events.
 *   <li><b>Out</b>: true or false, or a value; or all mistakes of the text, each with its place and what to do.
 *   <li><b>Thread</b>: an expression belongs to one lane.
 *   <li><b>May import</b>: {@code io.ringmain.logs}, {@code io.ringmain.logs.parse}.
 * </ul>
 *
 * <h2>What is written</h2>
 *
 * <table>
 * <caption>Values</caption>
 * <tr><th>field</th><td>{@code status}, {@code http.status}; any other name in backquotes: {@code `x-y`}</td></tr>
 * <tr><th>number</th><td>{@code 500}, {@code 1_000_000}, {@code 0.5}, {@code 1e3}</td></tr>
 * <tr><th>text</th><td>{@code "GET"} or {@code 'GET'}, with {@code \\ \" \' \n \r \t} and {@code \}{@code u00e4}; behind {@code matches}
 *     a backslash before anything else is the expression's own, {@code "^\d+$"}</td></tr>
 * <tr><th>true or false</th><td>{@code true}, {@code false}</td></tr>
 * <tr><th>duration</th><td>{@code 10ms}, {@code 5s}, {@code 1h30m}, {@code 1.5s}; units ns, us, ms, s, m, h, d</td></tr>
 * <tr><th>level</th><td>beside a level {@code WARN}, {@code warning} or {@code "WARN"}; beside a field that may hold anything only
 *     {@code TRACE} to {@code FATAL} in capitals, unless a field is known by that name</td></tr>
 * <tr><th>time</th><td>beside a time {@code "2015-05-17T10:05:03Z"}, {@code "2015-05-17 10:05:03"} or {@code "2015-05-17"}; in UTC if
 *     nothing else is said</td></tr>
 * <tr><th>nothing</th><td>{@code null}, as an argument</td></tr>
 * </table>
 *
 * <table>
 * <caption>Operators, those that bind least first; each takes what stands below it. Words in any case.</caption>
 * <tr><th>{@code or}, {@code ||}</th><td>whether one is true; asks no further</td></tr>
 * <tr><th>{@code and}, {@code &&}</th><td>whether all are true; asks no further</td></tr>
 * <tr><th>{@code not}, {@code !}</th><td>whether it is not true; of a whole comparison: {@code !a == b} is {@code !(a == b)}</td></tr>
 * <tr><th>{@code == != < <= > >=}</th><td>one of them; text in the order of its code points</td></tr>
 * <tr><th>{@code in (a, b)}, {@code not in}</th><td>whether it is equal to one of some values</td></tr>
 * <tr><th>{@code matches "…"}, {@code not matches}</th><td>whether the regular expression is found in the text; it works on bytes, see
 *     {@link io.ringmain.logs.BudgetedText}</td></tr>
 * <tr><th>{@code + -}</th><td>numbers, durations, a time and a duration; two times give a duration; {@code +} joins texts</td></tr>
 * <tr><th>{@code * / %}</th><td>numbers, a duration and a number; two durations give a number. {@code 6 / 2} is {@code 3}, {@code 7 / 2} is
 *     {@code 3.5}; {@code %} has the sign of its left side</td></tr>
 * <tr><th>{@code -}</th><td>a number or a duration</td></tr>
 * </table>
 *
 * {@link io.ringmain.logs.expression.Functions} lists the functions, {@code contains}, {@code starts_with} and {@code ends_with} among
 * them.
 *
 * <h2>What it is for an event</h2>
 *
 * <ul>
 *   <li>A condition is true or false. A comparison with something that is missing is false; {@code a != b} is exactly
 *       {@code not (a == b)}, so it is true if one is missing. {@code exists(x)} asks.
 *   <li>Everything else is missing if something that it needs is, except in {@code coalesce} and {@code if}.
 *   <li>Whole numbers are exact as long as they fit 64 bits, then the nearest double. Division by zero, and what is beyond all
 *       doubles, is missing, as is a time or a duration beyond the years 1677 to 2262 and a text longer than 1 MiB.
 *   <li>What is known to hold something else cannot be compared: that is a mistake. Where a line may hold anything, each event
 *       decides:
 * </ul>
 *
 * <table>
 * <caption>A field that may hold anything</caption>
 * <tr><th>beside</th><th>text in it is</th><th>a number in it is</th></tr>
 * <tr><th>a number</th><td>the number that it looks like, or nothing</td><td>itself</td></tr>
 * <tr><th>a text</th><td>itself</td><td>compared as a number, if the text looks like one; in functions its digits</td></tr>
 * <tr><th>true or false</th><td>that, if it says {@code true} or {@code false}</td><td>nothing</td></tr>
 * <tr><th>a level</th><td>the level that it means</td><td>nothing</td></tr>
 * <tr><th>a duration</th><td>one, {@code 5ms} or {@code 1m30s}</td><td>nanoseconds, if it is whole</td></tr>
 * <tr><th>a time</th><td>nothing</td><td>nothing</td></tr>
 * <tr><th>another such</th><td>by what is in the other</td><td>by what is in the other; in arithmetic both are numbers</td></tr>
 * </table>
 */
@NullMarked
package io.ringmain.logs.expression;

import org.jspecify.annotations.NullMarked;
