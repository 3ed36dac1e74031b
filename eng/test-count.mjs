// Prints "PASSED FAILED" from a result file of xunit (CTRF), vitest or Playwright; "0 1" when there is none.
import { readFileSync } from 'node:fs';

const counters = [
  (r) => r.results?.summary && [r.results.summary.passed, r.results.summary.failed + (r.results.summary.other ?? 0)],
  (r) => r.numTotalTests !== undefined && [r.numPassedTests, r.numFailedTests + (r.numRuntimeErrorTestSuites ?? 0)],
  (r) => r.stats && [r.stats.expected + r.stats.flaky, r.stats.unexpected],
];

let counted = [0, 1];
try {
  const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  counted = counters.map((count) => count(report)).find(Boolean) ?? counted;
} catch {
  // A run that left no readable result counts as one failure.
}
console.log(counted.join(' '));
