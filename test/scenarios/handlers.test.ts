import { checkFamily } from './check-family.js';

checkFamily('handlers', 10);
