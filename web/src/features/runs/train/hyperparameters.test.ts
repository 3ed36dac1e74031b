import { describe, expect, it } from 'vitest';
import type { HyperparameterView } from '@/api';
import { changedSettings, check, countProblems, initialValue, rangeText, withRecommended } from './hyperparameters';

const parameter = (some: Partial<HyperparameterView>): HyperparameterView => ({
  name: 'trees', type: 'integer', default: 300, min: 1, max: 1000, choices: null, meaning: '', advanced: false, log_scale: false, ...some,
});

describe('a field', () => {
  it.each([
    [parameter({}), '300', 300],
    [parameter({ type: 'number', min: 0, max: 1, default: 0.1 }), '1e-3', 0.001],
    [parameter({ type: 'choice', choices: ['a', 'b'], default: 'a' }), 'b', 'b'],
    [parameter({ type: 'number', default: null, min: null, max: null }), '', null],
    [parameter({ type: 'boolean', default: false }), true, true],
    [parameter({ type: 'text', default: '' }), ' age:+1 ', 'age:+1'],
    [parameter({ type: 'text', default: 'age:+1' }), '', ''],
    [parameter({ type: 'text', default: null }), '', null],
  ])('%# is read', (one, input, value) => expect(check(one, input)).toEqual({ value, problem: null }));

  it.each([
    [parameter({}), '2.5', 'not a whole number'],
    [parameter({}), 'many', 'is not a number'],
    [parameter({}), '0', 'outside 1 to 1000'],
    [parameter({}), '1001', 'outside 1 to 1000'],
    [parameter({}), '  ', 'the default is 300'],
    [parameter({}), 'Infinity', 'is not a number'],
    [parameter({ type: 'choice', choices: ['a', 'b'], default: 'a' }), 'c', 'one of a, b'],
  ])('%# is refused with the reason', (one, input, reason) => expect(check(one, input).problem).toContain(reason));
});

it('only what differs from its default is sent', () => {
  const parameters = [parameter({}), parameter({ name: 'rate', type: 'number', default: 0.1, min: 0, max: 1 }), parameter({ name: 'stop', type: 'boolean', default: true })];
  expect([...changedSettings(parameters, new Map<string, string | boolean>([['trees', '300'], ['rate', '0.05'], ['stop', false]]))]).toEqual([['rate', 0.05], ['stop', false]]);
});

it('an empty text is sent only where the default is another text', () => {
  const parameters = [parameter({ name: 'monotone', type: 'text', default: '' }), parameter({ name: 'groups', type: 'text', default: '[a,b]' })];
  expect([...changedSettings(parameters, new Map([['monotone', ' '], ['groups', '']]))]).toEqual([['groups', '']]);
});

it('what a preset recommends stands in the form, and going back to the catalog\u2019s value is sent', () => {
  const parameters = withRecommended([parameter({}), parameter({ name: 'depth', default: 6 })], new Map([['trees', 400]]));
  expect(parameters.map(initialValue)).toEqual(['400', '6']);
  expect([...changedSettings(parameters, new Map([['trees', '300'], ['depth', '6']]))]).toEqual([['trees', 300]]);
});

it('fields that nobody touched stand at their defaults and are no problem', () => {
  expect(initialValue(parameter({ default: null, type: 'number' }))).toBe('');
  expect(countProblems([parameter({}), parameter({ default: null })], new Map())).toBe(0);
  expect(countProblems([parameter({})], new Map([['trees', '-1']]))).toBe(1);
});

it('a range reads as people say it', () => {
  expect(rangeText(0, 1)).toBe('0 to 1');
  expect(rangeText(0, null)).toBe('0 and above');
  expect(rangeText(null, 5)).toBe('5 and below');
  expect(rangeText(1, 1_000_000_000)).toBe('1 and above');
});
