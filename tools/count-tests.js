// Prints "PASSED FAILED" from vitest's JSON report. A file that could not be loaded holds no tests
// that could fail, and counts as one failure.
import { readFileSync } from 'node:fs';

/**
 * @typedef {{ status: string, assertionResults: unknown[] }} File
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: File[] }} Report
 */

const report = /** @type {Report} */ (JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const unloaded = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
console.log(`${report.numPassedTests} ${report.numFailedTests + unloaded}`);
