export { parseJson } from './json/parser.js';
