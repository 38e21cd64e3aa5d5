import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isMissing, measure, writeFileAtomically } from './files';

/** In every finished build, written last: a folder without it is not a build. */
const MARKER = 'build.json';

const markerSchema = z.object({
  hash: z.string(),
  builtAt: z.string(),
  /** Without the marker itself: tells a whole folder from one of which something was lost. */
  files: z.number(),
  bytes: z.number(),
});

/** A hash is also a folder's name: nothing else may be made into a path that is read or removed. */
const HASH = /^[0-9a-f]{20}$/;

const currentSchema = z.object({ hash: z.string().regex(HASH) });

const failureSchema = z.object({ hash: z.string(), at: z.string(), reason: z.string() });

/** Why the last attempt to compile failed. */
export type BuildFailure = z.infer<typeof failureSchema>;

/**
 * The finished builds of the staff pages, one folder per content hash. A build appears by a rename and is never
 * changed afterwards, so whoever finds one finds a whole one; which of them is served is one small file.
 */
export class BuildStore {
  constructor(
    private readonly cache: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The folder of a whole build, or nothing. What is damaged is removed. */
  find(hash: string): string | undefined {
    if (!HASH.test(hash)) throw new Error(`"${hash}" is no content hash.`);
    const dir = join(this.cache, hash);
    const marker = readMarker(dir);
    if (marker !== undefined) {
      const { files, bytes } = measure(dir, [MARKER]);
      if (marker.hash === hash && marker.files === files && marker.bytes === bytes) return dir;
    }
    rmSync(dir, { recursive: true, force: true });
    return undefined;
  }

  /**
   * Takes over a folder that the compiler has filled.
   *
   * @returns where it is now
   */
  publish(compiled: string, hash: string): string {
    const { files, bytes } = measure(compiled, [MARKER]);
    const marker = { hash, builtAt: this.now().toISOString(), files, bytes };
    writeFileAtomically(join(compiled, MARKER), JSON.stringify(marker));
    const dir = join(this.cache, hash);
    try {
      renameSync(compiled, dir);
    } catch (error) {
      // Another process was faster: its build has the same hash and therefore the same content.
      if (this.find(hash) === undefined) throw error;
      rmSync(compiled, { recursive: true, force: true });
    }
    return dir;
  }

  /** Makes a build the one that is served, from the next request on. */
  makeCurrent(hash: string): void {
    const seconds = this.now().getTime() / 1000;
    utimesSync(join(this.cache, hash, MARKER), seconds, seconds);
    writeFileAtomically(join(this.cache, 'current.json'), JSON.stringify({ hash }));
    rmSync(join(this.cache, 'failure.json'), { force: true });
  }

  /** The folder of the build that is served, if there is one. */
  current(): string | undefined {
    const current = readJson(join(this.cache, 'current.json'), currentSchema);
    if (current === undefined) return undefined;
    const dir = join(this.cache, current.hash);
    return existsSync(join(dir, MARKER)) ? dir : undefined;
  }

  /** Removes all but the builds that were current last. */
  prune(keep: number): void {
    const builds = readdirSync(this.cache)
      .filter(name => HASH.test(name))
      .map(name => ({ name, usedAt: usedAt(join(this.cache, name)) }))
      .sort((a, b) => b.usedAt - a.usedAt);
    for (const { name } of builds.slice(keep)) {
      rmSync(join(this.cache, name), { recursive: true, force: true });
    }
  }

  /** A fresh folder for one compilation, on the same file system as the builds. */
  createWorkDir(): string {
    const dir = join(this.cache, `work-${randomBytes(6).toString('hex')}`);
    mkdirSync(dir, { recursive: true });
    return dir;
  }

  /** Removes what killed compilations left. Only for the holder of the lock. */
  removeWorkDirs(): void {
    for (const name of readdirSync(this.cache)) {
      if (name.startsWith('work-')) rmSync(join(this.cache, name), { recursive: true, force: true });
    }
  }

  recordFailure(hash: string, reason: string): void {
    const failure: BuildFailure = { hash, at: this.now().toISOString(), reason };
    writeFileAtomically(join(this.cache, 'failure.json'), JSON.stringify(failure));
  }

  failure(): BuildFailure | undefined {
    return readJson(join(this.cache, 'failure.json'), failureSchema);
  }
}

/** Copies a build to a place of its own; what was there is replaced at once. */
export function exportBuild(build: string, target: string): void {
  const suffix = randomBytes(4).toString('hex');
  const fresh = `${target}.${suffix}.new`;
  const old = `${target}.${suffix}.old`;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(build, fresh, { recursive: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

/** Whether a folder holds a finished build. */
export function isBuild(dir: string): boolean {
  return readMarker(dir) !== undefined;
}

function readMarker(dir: string) {
  return readJson(join(dir, MARKER), markerSchema);
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // A file of an older release, or one that a crash of the machine emptied: as good as none.
    return undefined;
  }
}

function usedAt(dir: string): number {
  try {
    return statSync(join(dir, MARKER)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
