// A set-up file of the coverage run. A worker thread that its pool ends may be gone before V8 has written what
// it counted; so each test file has it written while the thread still lives. c8 adds the parts up.
import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

afterAll(takeCoverage);
