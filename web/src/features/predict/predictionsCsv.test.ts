import { expect, it } from 'vitest';
import { predictionsCsv } from './predictionsCsv';

it('has the columns that the command line writes', () => {
  const prediction = { row: 1, prediction: 'yes', probabilities: { no: 0.25, yes: 0.75 }, raw_scores: [1.1], reasons: null, reasons_for: null, bias: null };
  expect(predictionsCsv(['no', 'yes'], [prediction])).toBe('row,prediction,p(no),p(yes)\r\n1,yes,0.25,0.75\r\n');
});

it('has the columns by which rows are known behind the row, under names of their own', () => {
  const prediction = { row: 0, prediction: 'yes', probabilities: { no: 0.25, yes: 0.75 }, raw_scores: [1.1], reasons: null, reasons_for: null, bias: null };
  const kept = [{ column: 'sample', values: ['p007'] }, { column: 'prediction', values: [null] }];
  expect(predictionsCsv(['no', 'yes'], [prediction], kept)).toBe('row,sample,prediction (table),prediction,p(no),p(yes)\r\n0,p007,,yes,0.25,0.75\r\n');
});

it('has the ends of intervals, or the classes of sets with a bar between, where the model gives them', () => {
  const prediction = { row: 0, prediction: 3, probabilities: {}, raw_scores: [], reasons: null, reasons_for: null, bias: null };
  expect(predictionsCsv([], [{ ...prediction, interval: { lower: 1, upper: null } }])).toBe('row,prediction,lower,upper\r\n0,3,1,\r\n');
  expect(predictionsCsv([], [{ ...prediction, set: ['a', 'b'] }])).toBe('row,prediction,set\r\n0,3,a|b\r\n');
});

it('has how unsure predictions are, where the model tells', () => {
  const prediction = { row: 0, prediction: 3, probabilities: {}, raw_scores: [], reasons: null, reasons_for: null, bias: null, uncertainty: { epistemic: 9, aleatoric: 16 } };
  expect(predictionsCsv([], [prediction])).toBe('row,prediction,standard_deviation,epistemic,aleatoric\r\n0,3,5,9,16\r\n');
});
