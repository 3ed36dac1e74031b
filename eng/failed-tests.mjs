// Names the failed tests of result files (CTRF of xunit, vitest, Playwright), with the first line of what each said.
import { readFileSync } from 'node:fs';

const say = (file, name, message) => console.log(`FAILED ${file}: ${name}: ${(message ?? '').split('\n')[0]}`);

function playwright(file, suite, names) {
  for (const spec of suite.specs ?? []) {
    if (!spec.ok) {
      const error = spec.tests.flatMap((test) => test.results).find((result) => result.error)?.error;
      say(file, [...names, spec.title].join(' > '), error?.message);
    }
  }

  for (const inner of suite.suites ?? []) {
    playwright(file, inner, [...names, inner.title]);
  }
}

for (const path of process.argv.slice(2)) {
  const file = path.split('/').pop();
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    for (const test of report.results?.tests ?? []) {
      if (test.status === 'failed' || test.status === 'other') {
        say(file, test.name, test.message);
      }
    }

    for (const suite of report.testResults ?? []) {
      for (const test of suite.assertionResults.filter((one) => one.status === 'failed')) {
        say(file, test.fullName, test.failureMessages[0]);
      }
    }

    if (report.suites) {
      playwright(file, report, []);
    }
  } catch (error) {
    say(file, 'the whole', `left no result that can be read (${error.message})`);
  }
}
