import { describe, expect, it } from 'vitest';
import { channelRange, parseArray } from './arrayText';

describe('the text of an array', () => {
  it('is read as steps, pixels or points with their channels', () => {
    expect(parseArray('[1,null,3]', 'series')).toEqual({ height: 3, width: 1, channels: 1, values: [1, null, 3] });
    expect(parseArray('[[1,2],[3,4],[5,6]]', 'points')).toMatchObject({ height: 3, width: 1, channels: 2 });
    expect(parseArray('[[1,2,3],[4,5,6]]', 'image')).toMatchObject({ height: 2, width: 3, channels: 1 });
    expect(parseArray('[[[1,2,3]],[[4,5,6]]]', 'image')).toMatchObject({ height: 2, width: 1, channels: 3 });
  });

  it('is refused where it is none', () => {
    for (const text of ['', 'x', '[]', '7', '["a"]', '[[1],[2,3]]']) {
      expect(parseArray(text, 'series')).toBeNull();
    }
  });

  it('has a range by channel that leaves gaps out', () => {
    const array = parseArray('[[1,10],[null,20],[3,5]]', 'series')!;
    expect(channelRange(array, 0)).toEqual({ least: 1, most: 3 });
    expect(channelRange(array, 1)).toEqual({ least: 5, most: 20 });
  });
});
