import { expect, it } from 'vitest';
import { stepFields } from './upload';

it('says how rows become series in the words of the upload', () => {
  expect(stepFields(null)).toEqual([]);
  expect(stepFields({ id: 'patient', time: null, channels: [] })).toEqual([['series_id', 'patient']]);
  expect(stepFields({ id: 'patient', time: 't', channels: ['pulse', 'flow'] })).toEqual([['series_id', 'patient'], ['series_time', 't'], ['series_channels', '["pulse","flow"]']]);
});
