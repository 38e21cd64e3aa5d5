import { seedFromArguments } from '../journey/seed-shop';
import { config } from './vendure-config';

seedFromArguments(config);
