import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { createFile } from '../common/create-file';
import type { Env } from './env';

const storedSecrets = z.object({
  cookieSecret: z.string().min(32),
  superadminPassword: z.string().min(12),
});

type StoredSecrets = z.infer<typeof storedSecrets>;

export interface Secrets {
  cookieSecret: string;
  superadmin: { identifier: string; password: string };
}

/**
 * The secrets of this installation. In production they are set from outside (`parseEnv` has checked that);
 * elsewhere those that are not set are generated on the first start and kept in the data directory, so that
 * the server and the worker agree and sessions outlive a restart.
 */
export function loadSecrets(env: Env): Secrets {
  const stored =
    env.COOKIE_SECRET === undefined || env.SUPERADMIN_PASSWORD === undefined
      ? readOrCreate(join(env.DATA_DIR, 'secrets.json'))
      : undefined;
  return {
    cookieSecret: env.COOKIE_SECRET ?? required(stored).cookieSecret,
    superadmin: {
      identifier: env.SUPERADMIN_USERNAME,
      password: env.SUPERADMIN_PASSWORD ?? required(stored).superadminPassword,
    },
  };
}

function required(stored: StoredSecrets | undefined): StoredSecrets {
  if (stored === undefined) throw new Error('no stored secrets');
  return stored;
}

function readOrCreate(file: string): StoredSecrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const fresh: StoredSecrets = {
      cookieSecret: randomBytes(32).toString('base64url'),
      superadminPassword: randomBytes(12).toString('base64url'),
    };
    // Of two processes that start at once, one writes and the other reads what it wrote.
    createFile(file, JSON.stringify(fresh, null, 2), 0o600);
  }
  chmodSync(file, 0o600);
  return storedSecrets.parse(JSON.parse(readFileSync(file, 'utf8')));
}
