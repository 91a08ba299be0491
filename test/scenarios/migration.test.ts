import { checkFamily } from './check-family.js';

checkFamily('migration', 150);
