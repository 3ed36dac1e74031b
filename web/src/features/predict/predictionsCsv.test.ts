import { expect, it } from 'vitest';
import { predictionsCsv } from './predictionsCsv';

it('has the columns that the command line writes', () => {
  const prediction = { row: 1, prediction: 'yes', probabilities: { no: 0.25, yes: 0.75 }, raw_scores: [1.1], reasons: null, reasons_for: null, bias: null };
  expect(predictionsCsv(['no', 'yes'], [prediction])).toBe('row,prediction,p(no),p(yes)\r\n1,yes,0.25,0.75\r\n');
});
