import { describe, expect, it } from 'vitest';
import { studyMetric, studyProblems, studySettings, timeInWords, usualStudy } from './study';

describe('a search for the best model', () => {
  it('is asked for by hyperparameters, what is usual left out', () => {
    expect(Object.fromEntries(studySettings(usualStudy))).toEqual({ preset: 'good', time_limit: 300 });
    expect(Object.fromEntries(studySettings({ ...usualStudy, preset: 'best', minutes: 0.5, metric: 'accuracy', families: ['boosting', 'linear'], inferLimit: 200, memoryLimit: 512 })))
      .toEqual({ preset: 'best', time_limit: 30, metric: 'accuracy', algorithms: ['boosting', 'linear'], infer_limit: 200, memory_limit: 512 });
  });

  it('has no limit of time where the clock decides nothing', () => {
    expect(Object.fromEntries(studySettings({ ...usualStudy, deterministic: true, minutes: Number.NaN }))).toEqual({ preset: 'good', deterministic: true });
    expect(studyProblems({ ...usualStudy, deterministic: true, minutes: Number.NaN })).toEqual([]);
    expect(studyProblems({ ...usualStudy, deterministic: true, inferLimit: 5 })[0]).toContain('measured by the clock');
  });

  it('says what is missing', () => {
    expect(studyProblems({ ...usualStudy, minutes: Number.NaN, memoryLimit: 0 })).toEqual(['Give the search at least 0.1 minutes.', 'Give models at least 1 MB.']);
    expect(studyProblems(usualStudy)).toEqual([]);
  });

  it('tells its time and the metric that decides', () => {
    expect([0.5, 5, 90].map((minutes) => timeInWords({ ...usualStudy, minutes }))).toEqual(['0.5 min', '5 min', '1.5 h']);
    expect([studyMetric('binary_classification'), studyMetric('multiclass_classification'), studyMetric('regression'), studyMetric(null)]).toEqual(['roc_auc', 'log_loss', 'rmse', 'log_loss']);
  });
});
