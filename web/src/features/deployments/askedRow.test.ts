import { describe, expect, it } from 'vitest';
import type { FeatureView } from '@/api';
import { jsonRow, rowFromJson, rowFromTexts, textsOf } from './askedRow';

const features: FeatureView[] = [{ name: 'dose', type: 'float64', levels: null }, { name: 'sex', type: 'category', levels: ['f', 'm'] }, { name: 'smokes', type: 'boolean', levels: null }, { name: 'beat', type: 'series', levels: null }];

describe('a row to ask about', () => {
  it('takes each field in its column’s type, and an empty one as unknown', () => {
    const row = rowFromTexts(new Map([['dose', ' 4.5 '], ['smokes', 'true'], ['beat', '[1, 2]']]), features);
    expect([...row]).toEqual([['dose', 4.5], ['sex', null], ['smokes', true], ['beat', [1, 2]]]);
  });

  it('is the same after a way through JSON', () => {
    const row = rowFromTexts(new Map([['dose', '4.5'], ['sex', 'f']]), features);
    expect([...rowFromJson(jsonRow(row))]).toEqual([...row]);
  });

  it('says what is wrong with text that is no object', () => {
    expect(() => rowFromJson('{"a":')).toThrow('It is no JSON');
    expect(() => rowFromJson('[1]')).toThrow('Expected one JSON object');
  });

  it('fills the fields in from a logged row', () => {
    expect([...textsOf({ dose: 4.5, sex: null, beat: [1, 2] })]).toEqual([['dose', '4.5'], ['sex', ''], ['beat', '[1,2]']]);
  });
});
