import { describe, expect, it } from 'vitest';
import { comparedInWords } from './teacher';

describe('a small model beside its teacher', () => {
  it('is told apart only where the interval leaves out 0', () => {
    expect(comparedInWords({ mean: 0.2, low: 0.1, high: 0.3, p_value: 0.01 })).toContain('more than chance');
    expect(comparedInWords({ mean: -0.2, low: -0.3, high: -0.1, p_value: 0.01 })).toContain('more than chance');
    expect(comparedInWords({ mean: 0.1, low: -0.1, high: 0.3, p_value: 0.4 })).toContain('do not tell');
    expect(comparedInWords(null)).toBe('');
  });
});
