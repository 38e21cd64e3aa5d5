import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VENDURE_VERSION } from '@vendure/core';
import { z } from 'zod';
import { projectRoot } from '../../../config/project-root';
import type { SystemVersions } from '../types';

const manifest = z.object({ version: z.string() });

/** The versions of the program that runs. They cannot change while it does. */
export function installedVersions(): SystemVersions {
  const text = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return {
    tradewind: manifest.parse(JSON.parse(text)).version,
    vendure: VENDURE_VERSION,
    node: process.versions.node,
  };
}
