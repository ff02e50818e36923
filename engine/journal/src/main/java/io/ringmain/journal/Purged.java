package io.ringmain.journal;

/**
 * What a purge has done.
 *
 * @param marked how many open letters are open no more
 * @param deleted how many letters are gone, with their files
 * @param files how many files are gone
 */
public record Purged(long marked, long deleted, int files) {}
