import { parseEnv } from '../../src/config/env';
import { createVendureConfig } from '../../vendure-config';
import { seedFromArguments } from './seed-shop';

seedFromArguments(createVendureConfig(parseEnv(process.env), 'script'));
