/** What a suite's JSON report counts; one that ended badly without a failed test to show for it counts as a failure. */
export function countOf(report, exitCode) {
  const { passed, failed } = report === undefined ? { passed: 0, failed: 0 } : readCounts(report)
  return { passed, failed: failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : failed }
}

/** The suites' counts together. */
export function sumOf(counts) {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** Vitest reports numbers of tests, Playwright its statistics; a test that passed only when repeated has failed. */
function readCounts(report) {
  const { stats } = report
  if (stats !== undefined) return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}
