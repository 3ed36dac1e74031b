import { expect, it } from 'vitest';
import { headerOf } from './headerOf';

it('finds the names by whichever delimiter parts the line most', () => {
  expect(headerOf('patient,t,pulse\n1,2,3\n')).toEqual(['patient', 't', 'pulse']);
  expect(headerOf('\uFEFFpatient;"a, b";pulse\r\n1;2;3')).toEqual(['patient', 'a, b', 'pulse']);
  expect(headerOf('patient\tt')).toEqual(['patient', 't']);
});

it('finds none in what is no delimited text', () => {
  expect(headerOf('PK\u0003\u0004\u0000\u0000,,,')).toEqual([]);
  expect(headerOf('one column\n1\n')).toEqual([]);
  expect(headerOf('')).toEqual([]);
});
