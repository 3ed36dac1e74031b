import { describe, expect, it } from 'vitest';
import { counted, formatAgo, formatBytes, formatCell, formatCount, formatDuration, formatNumber, formatSeconds, formatShare, formatSigned, humanize, shorten } from './format';

describe('numbers', () => {
  it.each([
    [0, '0'], [1234.5678, '1235'], [12345.678, '12,346'], [0.00123456, '0.001235'], [-2.5, '\u22122.5'], [1e12, '1e12'], [0.00001234, '1.23e\u22125'], [null, '\u2013'], [Number.NaN, '\u2013'], [100, '100'],
  ])('%s reads %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('a change carries its sign', () => {
    expect(formatSigned(0.25)).toBe('+0.25');
    expect(formatSigned(-0.25)).toBe('\u22120.25');
    expect(formatSigned(0)).toBe('0');
  });

  it('counts are grouped, and say what they count', () => {
    expect(formatCount(9564)).toBe('9,564');
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(2, 'class', 'classes')).toBe('2 classes');
  });
});

describe('shares', () => {
  it.each([[0.8731, '87.3 %'], [1, '100 %'], [0, '0 %'], [0.5, '50 %']])('%s reads %s', (value, text) => expect(formatShare(value)).toBe(text));

  it('never rounds to certainty what is not certain', () => {
    expect(formatShare(0.99999)).toBe('> 99.9 %');
    expect(formatShare(0.00001)).toBe('< 0.1 %');
  });
});

describe('sizes and times', () => {
  it.each([[0, '0 B'], [999, '999 B'], [1500, '1.5 kB'], [104_857_600, '105 MB']])('%s bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
  it.each([[0.25, '250 ms'], [4.25, '4.3 s'], [42, '42 s'], [59.7, '60 s'], [61, '1 min 1 s'], [119.6, '2 min 0 s'], [7260, '2 h 1 min']])('%s seconds read %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it('a duration without an end runs until now', () => {
    expect(formatDuration('2026-01-01T00:00:00Z', null, Date.parse('2026-01-01T00:00:05Z'))).toBe('5.0 s');
    expect(formatDuration(null, null)).toBe('\u2013');
  });

  it.each([[10, 'just now'], [300, '5 min ago'], [7200, '2 h ago'], [86_400, '1 day ago'], [3 * 86_400, '3 days ago']])('%s seconds ago reads %s', (seconds, text) => {
    const now = Date.parse('2026-06-15T12:00:00Z');
    expect(formatAgo(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
  });
});

it('long numbers in cells are rounded; whole ones, which may be codes, are not', () => {
  expect(formatCell('0.53870503680001', 20)).toBe('0.53871');
  expect(formatCell('-5.325E-08', 20)).toBe('\u22125.325e\u22128');
  expect(formatCell('900033330123', 20)).toBe('900033330123');
  expect(formatCell('a rather long text', 10)).toBe('a rather \u2026');
});

it('names for machines become names for people', () => {
  expect(humanize('gradient_boosting')).toBe('Gradient boosting');
  expect([humanize('automl'), humanize('linear_svm')]).toEqual(['AutoML', 'Linear SVM']);
});

it('long texts are cut to the length asked for', () => {
  expect(shorten('abcdef', 4)).toBe('abc\u2026');
  expect(shorten('abcd', 4)).toBe('abcd');
});
