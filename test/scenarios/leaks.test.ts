import { checkFamily } from './check-family.js';

checkFamily('leaks');
