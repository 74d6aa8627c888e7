import { expect, test } from 'vitest'
import { countOf, sumOf } from './test-counts.mjs'

const unit = (numPassedTests, numFailedTests) => ({ numPassedTests, numFailedTests })
const browser = (expected, unexpected, flaky) => ({ stats: { expected, unexpected, flaky, skipped: 3 } })

test.each([
  ['unit tests that pass', unit(5, 0), 0, { passed: 5, failed: 0 }],
  ['unit tests of which some fail', unit(5, 2), 1, { passed: 5, failed: 2 }],
  ['a file that could not be loaded', unit(5, 0), 1, { passed: 5, failed: 1 }],
  ['no test at all', unit(0, 0), 0, { passed: 0, failed: 1 }],
  ['no report', undefined, 1, { passed: 0, failed: 1 }],
  ['a report missing after success', undefined, 0, { passed: 0, failed: 1 }],
  ['browser tests that pass', browser(4, 0, 0), 0, { passed: 4, failed: 0 }],
  ['browser tests that fail or pass only when repeated', browser(4, 1, 1), 1, { passed: 4, failed: 2 }],
])('%s are counted', (_title, report, exitCode, counts) => {
  expect(countOf(report, exitCode)).toEqual(counts)
})

test('the suites are summed', () => {
  const counts = [
    { passed: 5, failed: 0 },
    { passed: 4, failed: 2 },
  ]
  expect(sumOf(counts)).toEqual({ passed: 9, failed: 2 })
})
